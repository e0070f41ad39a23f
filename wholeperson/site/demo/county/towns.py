"""The organizations of the county beside the cast's: shelters, kitchens, clinics, hospitals, schools. All invented."""

from wholeperson.site.demo.directory import ADULTS, COMMUNITY, ECM, HOMES, SUPPORTS, YOUNG, Town

# as directory.TOWNS: (key, name, kind, services, counties, languages, (street, city, ZIP, county), accessibility,
#  (how much is free, hours since it was said) or nothing, what it says of itself)
TOWNS: list[Town] = [
    ("", "Tule Street Shelter", COMMUNITY, f"cs.stphh {HOMES}", "contra_costa", "en es",
     ("310 Invented Street", "Richmond", "94801", "contra_costa"), "wheelchair bathroom", (2, 3),
     "Forty beds, a kitchen, and somebody awake all night."),
    ("", "Suisun Bay Shelter", COMMUNITY, "cs.stphh", "contra_costa", "en",
     ("8 Invented Road", "Pittsburg", "94565", "contra_costa"), "wheelchair", (0, 2), ""),
    ("", "Manzanita House", COMMUNITY, "cs.recuperative_care", "contra_costa alameda", "en es vi",
     ("55 Invented Way", "Concord", "94520", "contra_costa"), "wheelchair bathroom lift", (5, 6),
     "Twenty beds to get well in, with a nurse every day."),
    ("", "Live Oak Family Clinic", "clinic", f"ecm {ADULTS} pof_9_birth_equity", "contra_costa", "en es zh vi",
     ("400 Invented Avenue", "Antioch", "94509", "contra_costa"), "wheelchair lift transit", (18, 70),
     "A community clinic. Everybody is seen, whatever they can pay."),
    ("", "Los Medanos Health Corner", "clinic", "ecm pof_2a_adult_avoidable_use pof_9_birth_equity", "contra_costa",
     "en es", ("71 Invented Street", "Pittsburg", "94565", "contra_costa"), "wheelchair", (6, 120), ""),
    ("", "Street Medicine Van", ECM, f"ecm {ADULTS}", "contra_costa", "en es",
     ("1 Invented Lot", "Richmond", "94804", "contra_costa"), "wheelchair", (0, 24), "We come to camps and doorways."),
    ("", "Grove Street Youth Care", ECM, f"ecm {YOUNG}", "contra_costa", "en es tl",
     ("29 Invented Street", "San Pablo", "94806", "contra_costa"), "wheelchair transit", (7, 30), ""),
    ("", "Kindling Kitchen", SUPPORTS, "cs.mtm_msf", "contra_costa alameda", "en es zh pa",
     ("60 Invented Lane", "Concord", "94518", "contra_costa"), "parking", (25, 48),
     "Soft meals, meals for kidneys, meals without sugar."),
    ("", "Ramp and Rail", SUPPORTS, "cs.eaa", "contra_costa solano", "en es",
     ("17 Invented Court", "Martinez", "94553", "contra_costa"), "", (4, 200), "We measure, ask and build."),
    ("", "Clear Air Homes", SUPPORTS, "cs.asthma_remediation", "contra_costa", "en es",
     ("90 Invented Drive", "Richmond", "94805", "contra_costa"), "", (9, 300), "Mold, mites and smoke: out they go."),
    ("", "Gentle Hands at Home", SUPPORTS, "cs.pchs cs.respite", "contra_costa", "en tl zh",
     ("14 Invented Circle", "El Cerrito", "94530", "contra_costa"), "", (3, 90), ""),
    ("", "First Month Fund", COMMUNITY, "cs.housing_deposits cs.transitional_rent", "contra_costa", "en es",
     ("2 Invented Plaza", "Concord", "94520", "contra_costa"), "transit", (11, 20), "Deposits and first months."),
    ("", "Delta Skills Center", COMMUNITY, "cs.day_habilitation", "contra_costa", "en es",
     ("33 Invented Street", "Bay Point", "94565", "contra_costa"), "wheelchair transit", (12, 150), ""),
    ("", "Home Again Movers", SUPPORTS, "cs.chts cs.alf_transitions", "contra_costa", "en",
     ("41 Invented Road", "Pleasant Hill", "94523", "contra_costa"), "", (2, 400), ""),
    ("", "Willow Pass Sobering House", COMMUNITY, "cs.sobering_center", "contra_costa", "en es",
     ("12 Invented Pass", "Concord", "94519", "contra_costa"), "wheelchair", (4, 1), ""),
    ("", "Stockton Bridge Care", ECM, f"ecm {ADULTS}", "san_joaquin", "en es hmn",
     ("500 Invented Street", "Stockton", "95202", "san_joaquin"), "wheelchair", (14, 60), ""),
    ("", "Valley Oak Pantry", COMMUNITY, "cs.mtm_msf cs.htns", "san_joaquin", "en es km",
     ("77 Invented Avenue", "Stockton", "95203", "san_joaquin"), "parking", (20, 80), ""),
]  # fmt: skip
# (name, kind) of those who only ask
ASKING = [
    ("Carquinez Bridge Hospital", "hospital"),
    ("Los Vaqueros Juvenile Hall", "correctional_facility"),
    ("Orchard Park School District", "community_organisation"),
    ("Contra Costa Aging Office", "county"),
    ("Pear Blossom Nursing Center", "clinic"),
    ("Hope Street Family Shelter", "community_organisation"),
]
# (role, name, organization): who works there and signs in
STAFF = [
    ("plan_intake", "Petra Lind", "plan_2"),
    ("plan_intake", "Pilar Soto", "plan_3"),
    ("network_manager", "Nils Aker", "plan_2"),
    ("lead_care_manager", "Leo Baptiste", "ecm"),
    ("lead_care_manager", "Lucia Farro", "ecm"),
    ("provider_intake", "Olga Pruitt", "supports"),
    ("referrer", "Rui Tavares", "Carquinez Bridge Hospital"),
    ("referrer", "Ruth Ekman", "Hope Street Family Shelter"),
    ("referrer", "Rosalind Pike", "Orchard Park School District"),
]
