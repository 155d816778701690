using System.Text.Json;
using System.Text.Json.Serialization;
using VolunteerHub.Domain.Requests;
using VolunteerHub.Domain.Runs;
using VolunteerHub.Domain.Volunteers;

namespace VolunteerHub.Web.Features.Administration.Demo;

/// <summary>What the demo community is made of: <c>demo-community.json</c>, so that names and titles are data.</summary>
internal sealed record DemoData(
    string Name,
    string Issuer,
    string Zone,
    string Password,
    string Pin,
    string PhonePrefix,
    string ReasonToAskAnyway,
    string Dispute,
    IReadOnlyList<string> Praise,
    IReadOnlyList<string> DeclineReasons,
    IReadOnlyList<DemoAccess> Accounts,
    IReadOnlyList<DemoTeam> Teams,
    IReadOnlyList<DemoGuest> Guests,
    IReadOnlyDictionary<string, IReadOnlyList<string>> Languages,
    IReadOnlyList<DemoQualification> Qualifications,
    IReadOnlyList<DemoMinor> Minors,
    IReadOnlyList<string> Paused,
    IReadOnlyList<IReadOnlyList<DemoHours>> Availability,
    DemoRecordData Records,
    IReadOnlyList<DemoSite> Sites,
    IReadOnlyList<DemoRequest> Requests,
    DemoFeatured Featured,
    IReadOnlyList<DemoTemplate> Templates,
    TimeOnly UnderWayFrom,
    TimeOnly UnderWayTo,
    DemoTemplate UnderWayByDay,
    DemoTemplate UnderWayByNight,
    DemoOutside Outside)
{
    private const string Resource = "VolunteerHub.Web.Features.Administration.Demo.demo-community.json";

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { Converters = { new JsonStringEnumConverter() } };

    public static DemoData Load()
    {
        using var stream = typeof(DemoData).Assembly.GetManifestResourceStream(Resource)
            ?? throw new InvalidOperationException($"{Resource} is not embedded.");
        return JsonSerializer.Deserialize<DemoData>(stream, Json) ?? throw new InvalidOperationException($"{Resource} is empty.");
    }

    /// <summary>What a run that is under way at this time of day would be: people take blood pressure by day, and keep watch by night.</summary>
    public DemoTemplate UnderWayAt(TimeOnly time) => time >= UnderWayFrom && time < UnderWayTo ? UnderWayByDay : UnderWayByNight;
}

/// <summary>Someone who can sign in; <paramref name="Role"/> is the role of the account, if it has one.</summary>
internal sealed record DemoAccess(string RoleKey, string Name, string? Role);

/// <summary>The people of a ready-made team; <paramref name="Also"/> are people whose first team is another.</summary>
internal sealed record DemoTeam(string Code, string Leader, string Deputy, IReadOnlyList<string> Members, IReadOnlyList<string> Also);

/// <summary>What records say of people beside name and team.</summary>
internal sealed record DemoRecordData(
    string SilverBell,
    IReadOnlyList<string> SilverBellFrom,
    IReadOnlyDictionary<string, IReadOnlyList<string>> Tags,
    IReadOnlyList<string> Skills,
    IReadOnlyList<string> Units,
    DemoEthnicities Ethnicities,
    IReadOnlyList<string> Streets,
    IReadOnlyList<string> Relations,
    IReadOnlyList<DemoTraining> Trainings,
    DemoAward Award,
    IReadOnlyList<string> Honoured,
    string Proof,
    IReadOnlyList<DemoApplication> Applications,
    IReadOnlyList<DemoLending> Lendings);

internal sealed record DemoEthnicities(string Mn, string Usual, IReadOnlyList<string> Some);

internal sealed record DemoTraining(string Title, decimal Hours, string Organiser, int DaysAgo);

internal sealed record DemoAward(string Title, string Issuer, int DaysAgo);

internal sealed record DemoApplication(string Name, string Tail, string? Team, string Message, IReadOnlyList<ServiceLine> Interests, int HoursAgo);

/// <summary>A member of one team for the next run of that title in another.</summary>
internal sealed record DemoLending(string Name, string Home, string Borrower, string Title, bool Granted, string Note);

/// <summary>What comes from outside, and what goes there: partner units, a visit to a home, and words of reports.</summary>
internal sealed record DemoOutside(IReadOnlyList<string> Summaries, string VisitTitle, string VisitAddress, IReadOnlyList<DemoPartner> Partners);

internal sealed record DemoPartner(string Name, PartnerKind Kind, string Contact, string Tail, IReadOnlyList<DemoOffer> Offers, IReadOnlyList<DemoClaim> Claims);

internal sealed record DemoOffer(string Name, string? Note, int? OpenDays);

internal sealed record DemoClaim(string What, string Title, bool Kept);

internal sealed record DemoGuest(string Name, string Unit);

internal sealed record DemoQualification(string Kind, string Name, int? EndsInDays);

internal sealed record DemoMinor(string Name, int Age, bool Consent);

internal sealed record DemoHours(IReadOnlyList<DayOfWeek> Days, TimeOnly From, TimeOnly To)
{
    public IEnumerable<WeeklyHours> Weekly => Days.Select(day => new WeeklyHours(day, From, To));
}

internal sealed record DemoSite(string Name, string? Address, IReadOnlyList<string>? Menu, IReadOnlyList<DemoHours>? Opening, int? Capacity, bool CountsVisits)
{
    public SiteFacts Facts => new(Name, Address, Menu ?? [], [.. (Opening ?? []).SelectMany(h => h.Weekly)], Capacity, CountsVisits);
}

/// <summary>The run of the next Saturday, of which the documentation speaks: who is on it, and what they answered.</summary>
internal sealed record DemoFeatured(
    string Title, IReadOnlyDictionary<string, IReadOnlyList<string>> Seats, IReadOnlyList<string> Silent, IReadOnlyDictionary<string, string> Declines);

/// <summary>
/// What is repeated: each <paramref name="Every"/> weeks, counted from the week of the featured run, with the people who usually come.
/// </summary>
internal sealed record DemoTemplate(
    string Title, string Team, ServiceLine? Line, HelpTargets Helps, string Site, string? MeetAt, string? Bring,
    DayOfWeek Day, int Every, int Phase, IReadOnlyList<DemoShift>? Shifts, IReadOnlyList<DemoPost> Posts, IReadOnlyList<string>? Regulars)
{
    public bool IsRegular(string name) => Regulars?.Contains(name) == true;
}

internal sealed record DemoShift(TimeOnly From, int Minutes);

internal sealed record DemoPost(string Name, int Min, int Max, bool IsLead, string? Qualification, string? Language, string? CoTeam);

/// <summary>What a resident asked for, and how far it has come.</summary>
internal sealed record DemoRequest(
    RequestKind Kind, RequestSource Source, RequestStatus Status, string? Need, string? Place, string? Suits, string? Tail, int DaysAgo, string? Team,
    string? Note, string? Result, MediationResult? Mediation, int Stars, string? Words);
