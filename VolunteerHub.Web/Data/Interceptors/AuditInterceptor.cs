using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Diagnostics;
using VolunteerHub.Domain.Calendar;
using VolunteerHub.Domain.Certificates;
using VolunteerHub.Domain.Communities;
using VolunteerHub.Domain.Hours;
using VolunteerHub.Domain.Notices;
using VolunteerHub.Domain.Requests;
using VolunteerHub.Domain.Rosters;
using VolunteerHub.Domain.Rosters.Cover;
using VolunteerHub.Domain.Rosters.Releases;
using VolunteerHub.Domain.Runs;
using VolunteerHub.Domain.Volunteers;
using VolunteerHub.Web.Data.Configurations;
using VolunteerHub.Web.Features.Reports;
using VolunteerHub.Web.Features.Volunteers;
using VolunteerHub.Web.Platform.Background;
using VolunteerHub.Web.Platform.Identity;

namespace VolunteerHub.Web.Data.Interceptors;

/// <summary>
/// Writes an audit line for each change, in the transaction of the change: who, when, before, after.
/// Names are masked, secrets and protected fields show only that they changed.
/// </summary>
public sealed class AuditInterceptor(TimeProvider clock) : SaveChangesInterceptor
{
    private const string Hidden = "•••";

    private static readonly JsonSerializerOptions Json = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static readonly HashSet<string> Secret =
    [
        nameof(ProtectedPhone.Cipher), nameof(ProtectedPhone.WholeIndex), nameof(ProtectedPhone.TailIndex),
        nameof(Volunteer.PinHash), nameof(Volunteer.PersonalCodeHash), nameof(Volunteer.Initials), "PasswordHash", "SecurityStamp", "ConcurrencyStamp", "TokenHash", "PairingHash",
        nameof(Volunteer.Ethnicity), nameof(JoinApplication.Message), nameof(ImportedRow.Before), nameof(Account.Email), nameof(Account.NormalizedEmail), "Data",
        nameof(Certificate.Statement), nameof(Certificate.CodeHash), nameof(Certificate.Purpose), nameof(ServiceRequest.Need), nameof(ServiceRequest.Place), nameof(ServiceRequest.Suits), nameof(ServiceRequest.RatingWords), nameof(Evaluation.Remark),
    ];

    /// <summary>Of a record that is erased the audit tells these, and of all else only that it went.</summary>
    private static readonly HashSet<string> ToldOfTheErased = [nameof(Volunteer.Status), nameof(Volunteer.LeftOn), nameof(Volunteer.ErasedAt)];

    public override InterceptionResult<int> SavingChanges(DbContextEventData eventData, InterceptionResult<int> result)
    {
        Write((HubDbContext)eventData.Context!);
        return result;
    }

    public override ValueTask<InterceptionResult<int>> SavingChangesAsync(
        DbContextEventData eventData, InterceptionResult<int> result, CancellationToken cancellationToken = default)
    {
        Write((HubDbContext)eventData.Context!);
        return ValueTask.FromResult(result);
    }

    /// <summary>A name as it may stand in an audit line.</summary>
    internal static object? Masked(string property, Type entity, object? value) => value switch
    {
        null => null,
        _ when Secret.Contains(property) => Hidden,
        ProtectedText => Hidden,
        PrivacyPolicy privacy => (privacy with { Custodian = privacy.Custodian is { } name ? MaskedName.Of(name) : null }).ToString(),
        string name when (entity == typeof(Volunteer) || entity == typeof(JoinApplication)) && property == nameof(Volunteer.Name) => MaskedName.Of(name),
        string name when entity == typeof(Partner) && property == nameof(Partner.ContactName) => MaskedName.Of(name),
        string or bool or int or long => value,
        // What a culture would write otherwise is written one way.
        DateTimeOffset instant => instant.ToString("O", CultureInfo.InvariantCulture),
        DateOnly day => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        // A make-up workday has a mark, for which the audit says a word.
        IEnumerable<HolidayDay> days => string.Join(' ', days.Select(d => (d.IsOff ? "" : "!") + d.Day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture))),
        RunOutline outline => $"{outline.Title}: {string.Join("; ", outline.Shifts.Select(s => $"{s.Start:HH:mm} + {s.Minutes}, {string.Join(", ", s.Posts.Select(p => $"{p.Name} {p.Min}-{p.Max}"))}"))}",
        SeriesRule rule => $"{rule.Rrule ?? rule.Festival.ToString()} {rule.From:yyyy-MM-dd} {rule.Until:yyyy-MM-dd} {rule.Count}".TrimEnd(),
        IEnumerable<PartnerOffer> offers => string.Join("; ", offers.Select(o => $"{o.Name} {o.Note} {o.OpenUntil:yyyy-MM-dd}".TrimEnd())),
        IEnumerable<WeeklyHours> hours => string.Join("; ", hours.Select(h => $"{h.Day} {h.From:HH:mm}-{h.To:HH:mm}")),
        IReadOnlyCollection<Interest> would => would.Count.ToString(CultureInfo.InvariantCulture),
        IReadOnlyCollection<Allotted> results => results.Count.ToString(CultureInfo.InvariantCulture),
        IEnumerable<StandingMember> standing => string.Join(' ', standing.Select(s => $"{s.Post}: {s.Who}")),
        System.Collections.IEnumerable several => string.Join(' ', several.Cast<object?>()),
        _ => value.ToString(),
    };

    private void Write(HubDbContext context)
    {
        context.ChangeTracker.DetectChanges();
        var now = clock.GetUtcNow();
        var erased = context.ChangeTracker.Entries<Volunteer>().Where(e => e.Property(v => v.ErasedAt).IsModified).Select(e => (Guid?)e.Entity.Id.Value).ToHashSet();
        var lines = context.ChangeTracker.Entries().Where(IsAudited).Select(e => LineOf(e, context, now, erased)).OfType<AuditLine>().ToList();
        context.AuditLines.AddRange(lines);
    }

    /// <summary>
    /// The history of an assignment, a request, an hour entry or an evaluation is itself a record of changes, what people are searched by follows from their names, and
    /// a row of an import, a change of rosters that can be undone, an asking and a notice tell of changes that have lines of their own or are
    /// kept as they are; how the machine gets on with its own work is nobody's change; roles and passkeys are noted by who gives or adds
    /// them, in words that can be read. Everything else is audited.
    /// </summary>
    private static bool IsAudited(EntityEntry entry) =>
        entry.State is EntityState.Added or EntityState.Modified or EntityState.Deleted
        && entry.Entity is not (AuditLine or AssignmentChange or RequestStep or HourStep or EvaluationStep or SearchTerm or ImportedRow or RosterEdit or CoverAsk or Notice or Message or StaffingSeen or BackgroundJobState or RunTally or JournalPage or RevokedCode or IdentityUserRole<Guid> or IdentityUserPasskey<Guid> or IdentityPasskeyData);

    /// <summary>Also where all of a row is written, only what is another value than before is told.</summary>
    private static bool IsChanged(PropertyEntry property) =>
        property.IsModified && !property.Metadata.GetValueComparer().Equals(property.OriginalValue, property.CurrentValue);

    /// <param name="entry">What changed.</param>
    /// <param name="context">Of the change.</param>
    /// <param name="now">When.</param>
    /// <param name="erased">Whose data is erased with this change: of them the audit does not repeat what goes.</param>
    private static AuditLine? LineOf(EntityEntry entry, HubDbContext context, DateTimeOffset now, HashSet<Guid?> erased)
    {
        var about = About(entry);
        var hide = erased.Contains(about) || entry.Entity is SavedFilter && entry.State == EntityState.Deleted;
        var changes = entry.Properties
            .Where(p => !p.Metadata.IsPrimaryKey() && p.Metadata.Name is not ("Version" or "ConcurrencyStamp" or VolunteerConfiguration.NameKey) && (entry.State != EntityState.Modified || IsChanged(p)))
            .ToDictionary(p => p.Metadata.Name, p => new[]
            {
                entry.State == EntityState.Added ? null : Shown(p, p.OriginalValue),
                entry.State == EntityState.Deleted ? null : Shown(p, p.CurrentValue),
            });
        if (changes.Count == 0) return null;
        var key = string.Join('/', entry.Metadata.FindPrimaryKey()!.Properties.Select(p => Masked(p.Name, typeof(object), entry.Property(p.Name).CurrentValue)));
        return new AuditLine(now, context.Actor.Id.Value, context.Actor.Via.ToString(), entry.State.ToString(), entry.Metadata.ClrType.Name, key, JsonSerializer.Serialize(changes, Json), about);

        object? Shown(PropertyEntry property, object? value)
        {
            var goes = value is string or System.Collections.ICollection or Availability || entry.Entity is Volunteer && value is not null && !ToldOfTheErased.Contains(property.Metadata.Name);
            return hide && goes ? Hidden : Masked(property.Metadata.Name, entry.Metadata.ClrType, value);
        }
    }

    /// <summary>Whom the change is about: the volunteer, or the one to whom the part belongs.</summary>
    private static Guid? About(EntityEntry entry) => entry.Entity is Volunteer who
        ? who.Id.Value
        : entry.Metadata.FindProperty("VolunteerId") is null ? null : entry.Property("VolunteerId").CurrentValue switch
        {
            VolunteerId id => id.Value,
            _ => null,
        };
}
