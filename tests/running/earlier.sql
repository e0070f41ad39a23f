-- A database as the first migrations made it, with somebody in every table: plain SQL, read by SQLite and PostgreSQL.
-- Keys are written without dashes, as SQLite keeps them, and PostgreSQL takes them too.
INSERT INTO access_organisation (id, public_id, name, kind) VALUES
  ('019390000000700080000000000000a1', 'org-aaaaaaaaaa', 'Bayside', 'ecm_provider'),
  ('019390000000700080000000000000a2', 'org-bbbbbbbbbb', 'Golden Plan', 'plan');
INSERT INTO access_person (id, public_id, email, name, language, is_active, password, last_login) VALUES
  ('019390000000700080000000000000b1', 'per-aaaaaaaaaa', 'lena@tests.example', 'Lena Ortiz', 'en', TRUE, '!', NULL),
  ('019390000000700080000000000000b2', 'per-bbbbbbbbbb', 'rosa@tests.example', 'Rosa Delgado', 'es', FALSE, '!',
   '2026-10-01 16:00:00+00:00');
INSERT INTO access_membership (id, person_id, organisation_id, role, since, until) VALUES
  ('019390000000700080000000000000c1', '019390000000700080000000000000b1', '019390000000700080000000000000a1',
   'lead_care_manager', '2026-01-01', NULL),
  ('019390000000700080000000000000c2', '019390000000700080000000000000b1', '019390000000700080000000000000a2',
   'plan_reviewer', '2025-01-01', '2025-12-31'),
  ('019390000000700080000000000000c3', '019390000000700080000000000000b2', NULL, 'member', '2026-01-01', NULL);
INSERT INTO access_identifier (id, organisation_id, person_id, system, value, since, until) VALUES
  ('019390000000700080000000000000d1', '019390000000700080000000000000a1', NULL, 'npi', '1234567893', '2026-01-01', NULL);
INSERT INTO members_member (id, public_id, given_name, family_name, preferred_name, birth_date, language, county) VALUES
  ('019390000000700080000000000000e1', 'mem-aaaaaaaaaa', 'Rosa', 'Delgado', '', '1980-03-09', 'es', 'contra_costa');
INSERT INTO members_identifier (id, member_id, system, value, fingerprint, since, until) VALUES
  ('019390000000700080000000000000f1', '019390000000700080000000000000e1', 'cin', 'kept encrypted', 'of the number',
   '2026-01-01', NULL);
INSERT INTO members_relationship (id, member_id, organisation_id, person_id, reason, scope, about_kind, about_id, since, until)
VALUES
  ('01939000000070008000000000000101', '019390000000700080000000000000e1', '019390000000700080000000000000a1', NULL,
   'assignment', 'care', '', NULL, '2026-01-01', NULL),
  ('01939000000070008000000000000102', '019390000000700080000000000000e1', NULL, '019390000000700080000000000000b2',
   'self', 'part2', '', NULL, '2026-01-01', NULL);
INSERT INTO record_step (id, at, actor_kind, actor_id, actor_label, of, thing_id, verb, source, target, due_at, key) VALUES
  ('01939000000070008000000000000201', '2026-10-01 16:00:00+00:00', 'system', 'clerk', 'clerk', 'referral',
   '019390000000700080000000000000e1', 'begin', '', 'received', NULL, NULL);
INSERT INTO record_auditrow (id, at, actor_kind, actor_id, actor_label, did, verb, thing_kind, thing_id, subject_id,
  because_id, details) VALUES
  ('01939000000070008000000000000301', '2026-10-01 16:00:00+00:00', 'system', 'clerk', 'clerk', 'wrote',
   'member.register', 'members.member', '019390000000700080000000000000e1', '019390000000700080000000000000e1', NULL, '{}');
INSERT INTO record_beat (id, part, at) VALUES ('01939000000070008000000000000401', 'worker', '2026-10-01 16:00:00+00:00');
INSERT INTO record_house (id, is_demo, made_at) VALUES
  ('01939000000070008000000000000501', FALSE, '2026-10-01 16:00:00+00:00');
