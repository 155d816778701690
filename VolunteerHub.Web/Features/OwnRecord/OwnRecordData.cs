using Microsoft.EntityFrameworkCore;
using VolunteerHub.Domain.Teams;
using VolunteerHub.Domain.Volunteers;
using VolunteerHub.Web.Data;
using VolunteerHub.Web.Platform.Identity;
using VolunteerHub.Web.Platform.Protection;

namespace VolunteerHub.Web.Features.OwnRecord;

/// <summary>A place in a team, also one that is over.</summary>
/// <param name="Until">Last day of it; null while there is no end in sight.</param>
public sealed record OwnMembership(string Team, TeamRole Role, DateOnly Since, DateOnly? Until, bool InForce);

/// <summary>What a person agreed to, or did not.</summary>
/// <param name="Since">Since when it holds; null where it does not.</param>
public sealed record OwnConsent(ConsentPurpose Purpose, DateTimeOffset? Since);

/// <summary>Something on the record that a leader enters.</summary>
public sealed record OwnEntry(string Title, DateOnly From, DateOnly? Until, string? Detail);

/// <param name="Phone">Masked.</param>
/// <param name="BornOn">Of a minor only.</param>
public sealed record OwnRecordView(
    string Name, string Number, string? Phone, VolunteerStatus Status, DateOnly JoinedOn, Profile Profile, string? Address, string? EmergencyContact,
    DateOnly? BornOn, string? Guardian, DateOnly? GuardianConsentUntil, bool AsksEthnicity, int RetentionYears,
    IReadOnlyList<OwnConsent> Consents, IReadOnlyList<OwnMembership> Memberships,
    IReadOnlyList<OwnEntry> Qualifications, IReadOnlyList<OwnEntry> Trainings, IReadOnlyList<OwnEntry> Awards);

/// <summary>A person's own record: all of it that concerns them.</summary>
public sealed class OwnRecordData(Hub hub, PhoneProtector phones, FieldProtector fields)
{
    public async Task<Outcome<OwnRecordView>> LoadAsync(Actor actor, CancellationToken ct = default)
    {
        await using var read = await hub.ReadAsync(actor, ct);
        if (actor.Via != Via.Session) return read.Denied(this);
        var me = await read.Db.Volunteers.Include(v => v.Qualifications).Include(v => v.Trainings).Include(v => v.Awards).Include(v => v.Consents).AsSplitQuery()
            .FirstOrDefaultAsync(v => v.Id == actor.Id, ct);
        if (me is null) return read.Denied(this);
        var places = await (from m in read.Db.Memberships
                            join t in read.Db.Teams on m.TeamId equals t.Id
                            where m.VolunteerId == actor.Id
                            orderby m.Since descending
                            select new { t.Name, m.Role, m.Since, m.Until }).ToListAsync(ct);
        var born = read.BornOn(me);
        var minor = born is { } day && day.AddYears(Joining.JoinFormValidator.FullAge) > read.Today;
        return new OwnRecordView(
            me.Name, me.Number, phones.Masked(me.Phone), me.Status, me.JoinedOn, me.Profile, fields.Reveal(me.Address), fields.Reveal(me.EmergencyContact),
            minor ? born : null, minor ? fields.Reveal(me.Guardian) : null, me.GuardianConsentUntil, read.Community.Privacy.AsksEthnicity, read.Community.Privacy.RetentionYears,
            [.. Enum.GetValues<ConsentPurpose>().Where(p => p != ConsentPurpose.SensitiveData || minor || me.HasConsented(p))
                .Select(p => new OwnConsent(p, me.Consents.FirstOrDefault(c => c.Purpose == p && c.Holds)?.GivenAt))],
            [.. places.Select(p => new OwnMembership(p.Name, p.Role, p.Since, p.Until?.AddDays(-1), p.Since <= read.Today && (p.Until is null || read.Today < p.Until)))],
            [.. me.Qualifications.OrderBy(q => q.Kind).Select(q => new OwnEntry(q.Kind, q.From, q.Until, null))],
            [.. me.Trainings.OrderByDescending(t => t.On).Select(t => new OwnEntry(t.Title, t.On, null, t.Organiser))],
            [.. me.Awards.OrderByDescending(a => a.On).Select(a => new OwnEntry(a.Title, a.On, null, a.Issuer))]);
    }
}
