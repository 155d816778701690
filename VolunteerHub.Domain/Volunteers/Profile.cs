using VolunteerHub.Domain.Runs;

namespace VolunteerHub.Domain.Volunteers;

public enum Sex
{
    Female,
    Male,
}

/// <summary>政治面貌, as records of volunteers name it (民政部令第67号 §5).</summary>
public enum PoliticalStatus
{
    /// <summary>中共党员</summary>
    PartyMember,

    /// <summary>中共预备党员</summary>
    ProbationaryMember,

    /// <summary>共青团员</summary>
    LeagueMember,

    /// <summary>民主党派</summary>
    OtherParty,

    /// <summary>群众</summary>
    Public,
}

/// <summary>What a record says of a person beside name and contact (民政部令第67号 §5). All of it may stay empty.</summary>
/// <param name="Sex">Sex.</param>
/// <param name="Political">政治面貌.</param>
/// <param name="Ethnicity">Two-digit code of GB/T 3304; shown only in totals, never beside the person.</param>
/// <param name="Unit">Work unit (双报到), or the partner unit of a guest.</param>
/// <param name="Languages">Languages beside 普通话, as ISO 639 codes.</param>
/// <param name="Skills">What the person is good at, in own words.</param>
/// <param name="InterestLines">Service lines the person would like to serve in.</param>
/// <param name="InterestHelps">Whom the person would like to help.</param>
/// <param name="InsuredUntil">Last day on which an accident insurance for volunteers is valid (《志愿服务条例》§17).</param>
public sealed record Profile(
    Sex? Sex = null,
    PoliticalStatus? Political = null,
    string? Ethnicity = null,
    string? Unit = null,
    IReadOnlyList<string>? Languages = null,
    IReadOnlyList<string>? Skills = null,
    IReadOnlyList<ServiceLine>? InterestLines = null,
    HelpTargets InterestHelps = HelpTargets.None,
    DateOnly? InsuredUntil = null);

/// <summary>Fields of a person that are kept encrypted.</summary>
/// <param name="BornOn">Date of birth, <c>yyyy-MM-dd</c>.</param>
/// <param name="Address">Address.</param>
/// <param name="IdNumber">Number of the identity document; only where the community's privacy policy asks for it.</param>
/// <param name="EmergencyContact">Whom to call: name, relation, number.</param>
/// <param name="Guardian">Guardian of a minor: name and number.</param>
public sealed record PrivateData(
    ProtectedText? BornOn = null,
    ProtectedText? Address = null,
    ProtectedText? IdNumber = null,
    ProtectedText? EmergencyContact = null,
    ProtectedText? Guardian = null);

/// <summary>The fields that <see cref="PrivateData"/> and the phone hold, as the audit names what was looked at.</summary>
public enum PrivateField
{
    Phone,
    BornOn,
    Address,
    IdNumber,
    EmergencyContact,
    Guardian,
}
