"""What the membership is drawn from: shares as public reports give them for Medi-Cal, rounded."""

# Members by age in years: from, to, share.
AGES = (
    (0, 5, 13.0),
    (6, 17, 23.0),
    (18, 20, 5.5),
    (21, 25, 8.0),
    (26, 44, 24.5),
    (45, 64, 16.5),
    (65, 79, 7.0),
    (80, 98, 2.5),
)

# Race and ethnic group as an enrolment file tells it; nothing for those who did not answer.
GROUPS = (
    ("hispanic_or_latino", 42.0),
    ("hispanic_or_latino;white", 7.0),
    ("white", 16.0),
    ("black_or_african_american", 7.2),
    ("black_or_african_american;hispanic_or_latino", 0.4),
    ("asian", 10.0),
    ("american_indian_or_alaska_native", 0.5),
    ("native_hawaiian_or_other_pacific_islander", 0.4),
    ("other_race", 5.0),
    ("not_hispanic_or_latino", 2.5),
    (None, 9.0),
)
LANGUAGES = {  # by group; every other group speaks as `None` does
    "hispanic_or_latino": (("en", 46.0), ("es", 54.0)),
    "hispanic_or_latino;white": (("en", 60.0), ("es", 38.0), ("en;es", 2.0)),
    "white": (("en", 91.0), ("hy", 3.0), ("ru", 2.5), ("fa", 2.0), ("ar", 1.5)),
    "asian": (
        ("en", 42.0),
        ("zh-Hant", 20.0),
        ("vi", 14.0),
        ("hmn", 8.0),
        ("tl", 5.0),
        ("ko", 4.0),
        ("km", 3.0),
        ("pa", 2.5),
        ("lo", 1.5),
    ),
    None: (("en", 93.0), ("es", 4.0), ("ar", 1.5), ("zh-Hant", 1.5)),
}

# Members by county, in thousands; a county that is not named here gets the last number.
COUNTIES = {
    "los_angeles": 330.0,
    "fresno": 110.0,
    "sacramento": 95.0,
    "contra_costa": 90.0,
    "san_joaquin": 75.0,
    "stanislaus": 60.0,
    "tulare": 60.0,
    "imperial": 30.0,
    "kings": 18.0,
    "madera": 18.0,
}
OTHER_COUNTY = 4.0
OTHER_PLAN = "other_medi_cal_plan"
OTHER_PLAN_COUNTIES = (("alameda", 9.0), ("kern", 8.0), ("san_diego", 12.0), ("los_angeles", 25.0))

# Aid codes: single childless adults, parents, children, aged, disabled, pregnant.
AID_CODES = {
    "child": (("M5", 30.0), ("P5", 25.0), ("30", 25.0), ("H1", 10.0), ("60", 2.0)),
    "adult": (("M1", 60.0), ("M3", 20.0), ("30", 12.0), ("60", 8.0)),
    "aged": (("10", 55.0), ("1H", 35.0), ("16", 10.0)),
}
