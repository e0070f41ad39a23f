"""The numbers people and organisations are known by, in the one form each is kept in."""

import re

CIN, CARD = re.compile(r"[0-9]{8}[A-Z]"), re.compile(r"([0-9]{8}[A-Z])[0-9]?")
PHONE = re.compile(
    r"(?:\+?1[\s.-]*)?\(?([2-9]\d\d)\)?[\s.-]*(\d{3})[\s.-]*(\d{4})(?:\s*(?:x|ext\.?)\s*(\d{1,6}))?", re.I | re.A
)
NPI_PREFIX = "80840"  # says "health, United States" to the check digit; never written with the number


def cin(text: str) -> str | None:
    """Eight digits and a letter. A card shows one sign more, which only checks the others, and is left away."""
    if CIN.fullmatch(text):
        return text
    found = CARD.fullmatch(text.upper().replace(" ", "").replace("-", ""))
    return found[1] if found else None


def npi(text: str) -> str | None:
    """Ten digits, the last of which checks the others."""
    digits = re.sub(r"[\s-]", "", text)
    return digits if re.fullmatch(r"[12][0-9]{9}", digits) and luhn(NPI_PREFIX + digits) else None


def tin(text: str) -> str | None:
    """Nine digits, without the dash."""
    digits = re.sub(r"[\s-]", "", text)
    return digits if re.fullmatch(r"[0-9]{9}", digits) and digits[:2] != "00" else None


def phone(text: str) -> str | None:
    """Ten digits of the United States, and x with what to dial after them."""
    found = PHONE.fullmatch(text.strip())
    if not found:
        return None
    area, exchange, line, after = found.groups()
    return f"{area}{exchange}{line}x{after}" if after else f"{area}{exchange}{line}"


def zip_code(text: str) -> str | None:
    """Five digits, or nine as 94553-1234."""
    found = re.fullmatch(r"([0-9]{5})(?:-?([0-9]{4}))?", text.replace(" ", ""))
    return (f"{found[1]}-{found[2]}" if found[2] else found[1]) if found else None


def hcpcs(text: str) -> str | None:
    """A letter and four digits."""
    code = text.upper().replace(" ", "")
    return code if re.fullmatch(r"[A-Z][0-9]{4}", code) else None


def luhn(digits: str) -> bool:
    """Every second digit from the right doubled; the sum of all digits ends in 0."""
    doubled = [int(digit) * (2 if place % 2 else 1) for place, digit in enumerate(reversed(digits))]
    return sum(one - 9 if one > 9 else one for one in doubled) % 10 == 0


def check_digit(digits: str) -> str:
    """The digit that makes these nine an NPI."""
    return next(each for each in "0123456789" if luhn(NPI_PREFIX + digits + each))


def state(text: str) -> str | None:
    """Two letters, as the post writes a State."""
    return text.upper() if re.fullmatch(r"[A-Za-z]{2}", text) else "CA" if text.casefold() == "california" else None


def email(text: str) -> str | None:
    """An address that mail could reach."""
    return text if len(text) <= 254 and re.fullmatch(r"[^@\s,;<>\"]+@[^@\s,;<>\"]+\.[A-Za-z0-9-]{2,63}", text) else None


def count(text: str) -> int | None:
    """A whole number of things, at most a million."""
    found = re.fullmatch(r"([0-9]{1,3}(?:,[0-9]{3})+|[0-9]{1,7})(?:\.0+)?", text)
    number = int(found[1].replace(",", "")) if found else None
    return number if number is not None and number <= 1_000_000 else None
