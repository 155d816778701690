namespace VolunteerHub.Web.Features.Volunteers.Import;

/// <summary>What a column of a list of people can hold, in the order in which our own files have it.</summary>
public enum ImportField
{
    Number,
    Name,
    Phone,
    Team,
    Sex,
    BornOn,
    Political,
    Unit,
    Skills,
    Languages,
    Interests,
    Tags,
    JoinedOn,
    InsuredUntil,
    EmergencyContact,
    EmergencyPhone,
    Address,
    Guardian,
    GuardianPhone,
    Ethnicity,
    IdNumber,
}

/// <summary>What is wrong with a cell.</summary>
public enum RowFault
{
    NameMissing,
    TooLong,
    PhoneUnreadable,
    PhoneCutShort,
    PhoneSeveral,
    PhoneTwiceInFile,
    PhoneOfAnother,
    PersonTwiceInFile,
    PersonOfOtherTeam,
    PersonHasLeft,
    NumberUnknown,
    NumberOfAnother,
    RecordClosed,
    TeamMissing,
    TeamUnknown,
    TeamClosed,
    TeamNotYours,
    SexUnknown,
    DateUnreadable,
    DateImpossible,
    DayMissing,
    PoliticalUnknown,
    EthnicityUnknown,
    LanguageUnknown,
    InterestUnknown,
    IdNumberUnreadable,

    /// <summary>Somebody of this name came on record after the file was checked.</summary>
    NowOnRecord,
}

/// <summary>A cell that is wrong.</summary>
/// <param name="Cell">Its name in the file: C17.</param>
/// <param name="Value">What stands there, as the file shows it.</param>
/// <param name="Fault">What is wrong.</param>
/// <param name="Detail">What the sentence names beside it, e.g. the row that says the same.</param>
public sealed record CellFault(string Cell, string Value, RowFault Fault, string? Detail = null);

/// <summary>A row that is not taken in.</summary>
public sealed record BadRow(int Row, string Name, IReadOnlyList<CellFault> Faults);
