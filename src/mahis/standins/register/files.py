"""Writing an invented register in the conventions of KBO Open Data and of our own files.

Texts stand in quotes, dates do not, numbers carry dots; what is unknown is left empty.
"""

import datetime
import json
import shutil
from collections.abc import Iterable
from importlib import resources
from pathlib import Path

from mahis.domain.parties import Language
from mahis.standins.register.calendar import Calendar
from mahis.standins.register.records import Enterprise, Register

#: What stands in the Series line of meta.csv, so that a real register can stand beside this one.
SERIES = "invented"

_REFERENCE = (
    "codes.csv",
    "groups.csv",
    "applications.csv",
    "group_applications.csv",
    "matrix_versions.csv",
    "matrix.csv",
)

_HEADERS = {
    "meta": "Variable,Value",
    "enterprise": "EnterpriseNumber,Status,JuridicalSituation,TypeOfEnterprise,JuridicalForm,"
    "JuridicalFormCAC,StartDate",
    "establishment": "EstablishmentNumber,StartDate,EnterpriseNumber",
    "denomination": "EntityNumber,Language,TypeOfDenomination,Denomination",
    "address": "EntityNumber,TypeOfAddress,CountryNL,CountryFR,Zipcode,MunicipalityNL,"
    "MunicipalityFR,StreetNL,StreetFR,HouseNumber,Box,ExtraAddressInfo,DateStrikingOff",
    "contact": "EntityNumber,EntityContact,ContactType,Value",
    "activity": "EntityNumber,ActivityGroup,NaceVersion,NaceCode,Classification",
    "offices": "EnterpriseNumber,Function,PersonNumber,GivenName,FamilyName,HolderEnterprise,"
    "RepresentsIn,StartDate,EndDate",
    "employers": "EnterpriseNumber,NssoNumber,StartDate,EndDate",
    "providers": "EnterpriseNumber,Status,StartDate,EndDate",
    "secretariats": "EnterpriseNumber,SsaNumber,StartDate,EndDate",
    "accounts": "EnterpriseNumber,StartDate,EndDate,EBoxOpenedOn",
    "access": "PersonNumber,EnterpriseNumber,Kind,Role,StartDate,EndDate",
}

_LANGUAGE_CODES = {Language.FRENCH: "1", Language.DUTCH: "2", Language.GERMAN: "3", None: "0"}

_Cell = str | datetime.date | None
_Row = tuple[_Cell, ...]


def write(register: Register, folder: Path, *, on: datetime.date) -> list[Path]:
    """Write the register as bundles to be imported one after the other; gives their folders."""
    calendar = Calendar.of(on)
    first, *later = calendar.full, *calendar.updates
    bundles = [_write_full(register, folder / "1-full", first)]
    begins_after = first
    for place, day in enumerate(later, start=2):
        bundles.append(
            _write_update(register, folder / f"{place}-update", begins_after, day, place)
        )
        begins_after = day
    bundles.append(_write_own(register, folder / f"{len(bundles) + 1}-own"))
    return bundles


def write_people(register: Register, file: Path) -> None:
    """Write the personas in the form that the OpenID stand-in reads."""
    people = [
        {
            "insz": persona.person.insz.digits,
            "given_name": persona.person.given_name,
            "family_name": persona.person.family_name,
            "language": persona.language.value,
            "descriptions": persona.descriptions,
            "levels": list(persona.levels),
        }
        for persona in register.personas
    ]
    text = json.dumps({"people": people}, ensure_ascii=False, indent=2)
    file.write_text(text + "\n", encoding="utf-8")


def _write_full(register: Register, folder: Path, day: datetime.date) -> Path:
    _start(folder)
    _write_meta(folder, "full", 1, day)
    _copy(folder, "code.csv")
    _write_enterprises(folder, [each for each in register.enterprises if each.begins <= day], "")
    return folder


def _write_update(
    register: Register, folder: Path, after: datetime.date, day: datetime.date, number: int
) -> Path:
    _start(folder)
    _write_meta(folder, "update", number, day)
    _copy(folder, "code.csv")
    gone = [each for each in register.enterprises if each.gone_on == day]
    begun = [each for each in register.enterprises if after < each.begins <= day]
    _write_rows(
        folder,
        "enterprise_delete",
        ((each.number.screen,) for each in gone),
        header="EnterpriseNumber",
    )
    _write_enterprises(folder, begun, "_insert")
    return folder


def _write_enterprises(folder: Path, enterprises: list[Enterprise], suffix: str) -> None:
    def write_all(name: str, rows: Iterable[_Row]) -> None:
        _write_rows(folder, name + suffix, rows, header=_HEADERS[name])

    write_all("enterprise", map(_enterprise_row, enterprises))
    write_all(
        "establishment",
        (
            (each.establishment.screen, each.begins, each.number.screen)
            for each in enterprises
            if each.establishment
        ),
    )
    write_all(
        "denomination",
        (
            (each.number.screen, _LANGUAGE_CODES[name.language], name.kind, name.text)
            for each in enterprises
            for name in each.names
        ),
    )
    write_all("address", (row for each in enterprises for row in _address_rows(each)))
    write_all(
        "contact",
        (
            (each.number.screen, "ENT", kind, value)
            for each in enterprises
            for kind, value in each.contacts
        ),
    )
    write_all(
        "activity",
        ((each.number.screen, "001", "2025", each.activity, "MAIN") for each in enterprises),
    )


def _enterprise_row(each: Enterprise) -> _Row:
    return (
        each.number.screen,
        "AC",
        each.situation,
        "1" if each.is_natural_person else "2",
        each.legal_form or None,
        each.legal_form_cac or None,
        each.begins,
    )


def _address_rows(each: Enterprise) -> list[_Row]:
    seat = each.seat
    place = (
        None,
        None,
        seat.zipcode,
        seat.municipality_nl,
        seat.municipality_fr,
        seat.street_nl,
        seat.street_fr,
        seat.house_number,
        seat.box,
        "",
        None,
    )
    rows: list[_Row] = [(each.number.screen, "REGO", *place)]
    if each.establishment:
        rows.append((each.establishment.screen, "BAET", *place))
    return rows


def _write_own(register: Register, folder: Path) -> Path:
    _start(folder)
    for name in _REFERENCE:
        _copy(folder, name)
    for name, rows in _own_rows(register).items():
        _write_rows(folder, name, rows, header=_HEADERS[name])
    return folder


def _own_rows(register: Register) -> dict[str, Iterable[_Row]]:
    return {
        "offices": (
            (
                each.enterprise.screen,
                each.function,
                each.person.insz.digits if each.person else None,
                each.person.given_name if each.person else "",
                each.person.family_name if each.person else "",
                each.holder.screen if each.holder else None,
                each.represents_in.screen if each.represents_in else None,
                each.begins,
                each.ends,
            )
            for each in register.offices
        ),
        "employers": (
            (each.enterprise.screen, each.number.screen, each.begins, each.ends)
            for each in register.employers
        ),
        "providers": (
            (each.enterprise.screen, each.status.value, each.begins, each.ends)
            for each in register.providers
        ),
        "secretariats": (
            (each.enterprise.screen, str(each.number), each.begins, each.ends)
            for each in register.secretariats
        ),
        "accounts": (
            (each.enterprise.screen, each.begins, None, each.ebox_opened_on)
            for each in register.accounts
        ),
        "access": (
            (
                each.person.digits,
                each.enterprise.screen,
                each.kind,
                each.role.value,
                each.begins,
                None,
            )
            for each in register.access
        ),
    }


def _start(folder: Path) -> None:
    """Begin with an empty folder, so that no file of an earlier run stays."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)


def _copy(folder: Path, name: str) -> None:
    source = resources.files("mahis.standins.register").joinpath("reference", name)
    (folder / name).write_bytes(source.read_bytes())


def _write_meta(folder: Path, kind: str, number: int, day: datetime.date) -> None:
    rows = (
        ("SnapshotDate", f"{day:%d-%m-%Y}"),
        ("ExtractTimestamp", f"{day:%d-%m-%Y} 07:00:00"),
        ("ExtractType", kind),
        ("ExtractNumber", str(number)),
        ("Version", "1.0.0"),
        ("Series", SERIES),
    )
    _write_rows(folder, "meta", rows, header=_HEADERS["meta"])


def _write_rows(folder: Path, name: str, rows: Iterable[_Row], *, header: str) -> None:
    lines = [",".join(f'"{column}"' for column in header.split(","))]
    lines.extend(",".join(map(_cell, row)) for row in rows)
    (folder / f"{name}.csv").write_text("\n".join(lines) + "\n", encoding="utf-8", newline="")


def _cell(value: _Cell) -> str:
    if value is None:
        return ""
    if isinstance(value, datetime.date):
        return f"{value:%d-%m-%Y}"
    return '"' + value.replace('"', '""') + '"'
