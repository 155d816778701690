using System.Text.Json;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.Extensions.Localization;
using VolunteerHub.Domain.Attendances;
using VolunteerHub.Domain.Hours;
using VolunteerHub.Domain.Volunteers;
using VolunteerHub.Web.Data;
using VolunteerHub.Web.Platform;
using VolunteerHub.Web.Platform.Clock;
using VolunteerHub.Web.Platform.Identity;
using VolunteerHub.Web.Resources;

namespace VolunteerHub.Web.Features.Audit;

/// <summary>One thing that a line says: what it was, what it is. Null is nothing.</summary>
public sealed record AuditChange(string Field, string? Before, string? After);

/// <summary>A line of the audit in words.</summary>
/// <param name="Actor">Who acted: masked name and number, or the installation itself.</param>
/// <param name="Via">How the person was known, where it was not by a session.</param>
/// <param name="Action">What was done.</param>
/// <param name="Tone">How the action is marked: refused, looked at in clear, taken along, or an ordinary change.</param>
/// <param name="Subject">The kind of thing.</param>
/// <param name="Thing">Which, where it has a name.</param>
/// <param name="About">Whom it is about, where that is somebody else than who acted.</param>
public sealed record AuditEntry(
    long Id, DateTimeOffset At, string Actor, string? Via, string Action, string Tone, string Subject, string? Thing, string? About, IReadOnlyList<AuditChange> Changes);

/// <summary>Says a line of the audit in words that people read.</summary>
internal sealed class AuditWords(IStringLocalizer<Texts> texts, CommunityTime time, IModel model, AuditNames names)
{
    /// <summary>The kinds of things whose changes are noted, as lines name them.</summary>
    public static readonly IReadOnlyList<string> Subjects =
    [
        "Volunteer", "Membership", "Team", "Lending", "ServiceRun", "Shift", "Post", "Assignment", "Attendance", "HourEntry", "HourObjection", "Evaluation", "Qualification", "Training", "Award", "Consent",
        "VolunteerTag", "ProtectedPhone", "JoinApplication", "ImportBatch", "Account", "IdentityUserRole", "InvitationLink", "OneUseLink", "RememberedPhone", "PinFailures", "SavedFilter",
        "Community", "Site", "SiteVisit", "CalendarFeed", "HolidayYear", "MonthlyTheme", "ServiceRequest", "RunTemplate", "RunSeries", "RunBatch", "Partner", "PartnerClaim", "RunReport", "RunPhoto", "IdentityRole", "IdentityUserClaim", "IdentityUserLogin", "IdentityUserToken", "IdentityUserPasskey", "IdentityRoleClaim", "AttendanceInterval", "AttendanceMoment", "AuditLine",
        "CoverLadder", "Waiting", "FairRelease", "NoticeChoice", "StaffingSubscription", "MailServer", "TeamRobot", "NoticeTemplate", "ReviewItem", "UnknownWalkIn", "Certificate", "Kiosk", "TypedFigure",
        Sessions.Subject, DeniedPages.Subject,
    ];

    public static readonly IReadOnlyList<string> Actions =
    [
        "Added", "Modified", "Deleted", nameof(TellArrival), nameof(TellLeaving), nameof(TellFact), nameof(CorrectTimes), nameof(CloseByPolicy), nameof(RecountHours), nameof(TakeBackMoment), nameof(MarkAbsence),
        AuditActions.Denied, AuditActions.Revealed, AuditActions.Exported, AuditActions.Merged, AuditActions.Erased, AuditActions.SignedIn,
    ];

    /// <summary>What a line keeps for machines: marks, indexes and request ids say nothing to who reads it.</summary>
    private static readonly HashSet<string> Silent =
    [
        "RequestId", "CheckInTag", "ConcurrencyStamp", "SecurityStamp", "NormalizedEmail", "NormalizedName", "NormalizedUserName", "WholeIndex", "TailIndex", "Cipher", "PlanVersion", "AttendanceId", "Format", "Spans",
    ];

    private readonly AuditValues _values = new(texts, time, names);

    public AuditEntry Entry(AuditLine line)
    {
        var denied = line.Action == AuditActions.Denied;
        var thing = Guid.TryParse(line.SubjectId, out var id) ? names.Thing(id) ?? (denied ? names.Person(id) : null) : line.Subject == DeniedPages.Subject ? line.SubjectId : null;
        return new(
            line.Id, line.At, line.ActorId == default ? texts["Audit.System"] : names.Person(line.ActorId) ?? texts["Audit.Unknown"], Via(line.Via),
            Word("Action", line.Action), Tone(line.Action), denied ? Attempt(line.Subject) : SubjectOf(line.Subject), thing,
            line.About is { } about && about != line.ActorId ? names.Person(about) : null, denied ? [] : ChangesOf(line));
    }

    /// <summary>The name of a kind of thing without what the framework adds to it.</summary>
    public static string Plain(string subject) => subject.IndexOf('`', StringComparison.Ordinal) is > 0 and var tick ? subject[..tick] : subject;

    public string SubjectOf(string subject) => Word("Subject", Plain(subject));

    /// <summary>A word of a family, or a general one where there is none.</summary>
    public string Word(string family, string name) => texts[$"Audit.{family}.{name}"] is { ResourceNotFound: false } word ? word.Value : texts["Audit.Other"];

    private string? Via(string via) => via is "" or nameof(Platform.Identity.Via.Session) or nameof(Platform.Identity.Via.System) ? null : Word("Via", via);

    private static string Tone(string action) => action switch
    {
        AuditActions.Denied => "d",
        AuditActions.Revealed or AuditActions.Exported => "w",
        "Deleted" or "Erased" => "d",
        "Added" or nameof(TellArrival) => "ok",
        _ => "n",
    };

    /// <summary>What was asked for and refused: the job by its word, or the part of the house where it has none.</summary>
    private string Attempt(string job)
    {
        if (texts[$"Audit.Job.{job}"] is { ResourceNotFound: false } word) return word.Value;
        if (Subjects.Contains(job)) return SubjectOf(job);
        var type = JobsSetup.All.FirstOrDefault(j => j.Name == job);
        return type is null ? texts["Audit.Other"] : Word("Area", type.Namespace!.Split('.')[3]);
    }

    private IReadOnlyList<AuditChange> ChangesOf(AuditLine line)
    {
        try
        {
            using var read = JsonDocument.Parse(line.Changes.Length == 0 ? "{}" : line.Changes);
            return read.RootElement.ValueKind switch
            {
                JsonValueKind.Array when line.Subject == nameof(HourEntry) => [new(texts["Audit.Field.CreditedSeconds"], _values.Hours(read.RootElement[0]), _values.Hours(read.RootElement[1]))],
                JsonValueKind.Array when line.Subject == nameof(Attendance) => [.. _values.Attendance(read.RootElement[0], read.RootElement[1])],
                JsonValueKind.Object => [.. read.RootElement.EnumerateObject().Where(p => IsShown(line, p)).SelectMany(p => Changes(line.Subject, p)).Where(c => c.Before != c.After)],
                _ => [],
            };
        }
        catch (JsonException)
        {
            // A line that an earlier version wrote otherwise still says who and when.
            return [];
        }
    }

    /// <summary>Whom the line is about stands above its changes already.</summary>
    private static bool IsShown(AuditLine line, JsonProperty property) =>
        line.Subject is "ProtectedPhone" ? property.Name == "Cipher" : !Silent.Contains(property.Name) && !(property.Name == "VolunteerId" && line.About is { } about && about != line.ActorId);

    private IEnumerable<AuditChange> Changes(string subject, JsonProperty property)
    {
        if (property.Value.ValueKind != JsonValueKind.Array || property.Value.GetArrayLength() != 2) return [new(Word("Field", property.Name), null, _values.Of(null, property.Value))];
        // Noted in words by who gives a role, begins a session, looks at a protected field: no property says what they may be.
        if ((subject, property.Name) switch { ("IdentityUserRole", "Role") => nameof(Roles), (Sessions.Subject, "Way") => nameof(SessionWay), (_, "Field") => nameof(PrivateField), _ => null } is { } family)
            return [new(Word("Field", property.Name), _values.Choice(family, property.Value[0].GetString()), _values.Choice(family, property.Value[1].GetString()))];
        var type = model.GetEntityTypes().FirstOrDefault(e => e.ClrType.Name == subject)?.FindProperty(property.Name)?.ClrType;
        var (before, after) = (property.Value[0], property.Value[1]);
        if (AuditValues.Parts(before) is { } old && AuditValues.Parts(after) is { } young)
            return young.Keys.Union(old.Keys).Where(k => old.GetValueOrDefault(k) != young.GetValueOrDefault(k)).Select(k => new AuditChange(Word("Field", k), _values.Part(k, old.GetValueOrDefault(k)), _values.Part(k, young.GetValueOrDefault(k))));
        return [new(Word("Field", property.Name), _values.Of(type, before), _values.Of(type, after))];
    }
}
