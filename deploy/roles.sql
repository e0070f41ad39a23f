-- The two roles of an installation, and its database. Run once, as PostgreSQL's superuser, on an empty cluster.
-- The owner makes and changes tables, and takes backups: row-level policies do not hide anything from it.
-- The other serves pages and works; it owns nothing, and every policy holds for it.
CREATE ROLE wholeperson LOGIN BYPASSRLS;
CREATE ROLE wholeperson_web LOGIN;
CREATE DATABASE wholeperson OWNER wholeperson ENCODING 'UTF8' TEMPLATE template0;
