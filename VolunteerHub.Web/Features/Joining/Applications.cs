using Microsoft.EntityFrameworkCore;
using VolunteerHub.Domain.Runs;
using VolunteerHub.Domain.Volunteers;
using VolunteerHub.Web.Data;
using VolunteerHub.Web.Features.Volunteers.Records;
using VolunteerHub.Web.Platform.Identity;
using VolunteerHub.Web.Platform.Protection;

namespace VolunteerHub.Web.Features.Joining;

/// <summary>Somebody whose phone number is on record already.</summary>
/// <param name="Name">Masked for who may not read the record.</param>
public sealed record KnownAlready(string Name, string Number, VolunteerStatus Status, bool InTeam);

/// <summary>An application that waits.</summary>
/// <param name="Phone">Masked.</param>
/// <param name="Team">The team that is wished for.</param>
/// <param name="Age">Whole years, for a minor.</param>
/// <param name="HasGuardian">Whether a guardian is named.</param>
public sealed record ApplicationView(
    JoinApplicationId Id, string Name, string? Phone, TeamId? TeamId, string? Team, DateTimeOffset SentAt, int? Age, bool HasGuardian,
    IReadOnlyList<string> Languages, IReadOnlyList<string> Skills, IReadOnlyList<ServiceLine> Lines, string? Message,
    IReadOnlyList<ConsentPurpose> Consents, KnownAlready? Known, bool MayDecide);

/// <param name="Teams">Those into which the viewer may take somebody.</param>
/// <param name="Total">All that wait, also those that are not shown.</param>
public sealed record ApplicationsView(IReadOnlyList<ApplicationView> Waiting, int Total, IReadOnlyList<(TeamId Id, string Name)> Teams);

/// <summary>The applications that wait, oldest first: all for the coordinator and the auditor, those for own teams for leaders.</summary>
public sealed class ApplicationList(Hub hub, PhoneProtector phones, FieldProtector fields)
{
    private const int Shown = 50;

    public async Task<Outcome<ApplicationsView>> LoadAsync(Actor actor, CancellationToken ct = default)
    {
        await using var read = await hub.ReadAsync(actor, ct);
        if (!read.Authority.IsStaff) return read.Denied(this);
        var waiting = read.WaitingApplications();
        var shown = await waiting.OrderBy(a => a.SentAt).Take(Shown).ToListAsync(ct);
        var teams = await read.Db.Teams.OrderBy(t => t.Order).Select(t => new { t.Id, t.Name, t.ClosedOn }).ToListAsync(ct);
        var views = new List<ApplicationView>();
        foreach (var application in shown)
        {
            var known = await KnownAsync(read, application, ct);
            var born = fields.RevealDay(application.BornOn);
            views.Add(new ApplicationView(
                application.Id, application.Name, phones.Masked(application.Phone), application.TeamId, teams.Find(t => t.Id == application.TeamId)?.Name, application.SentAt,
                born is { } day ? read.Today.Year - day.Year - (read.Today < day.AddYears(read.Today.Year - day.Year) ? 1 : 0) : null, application.Guardian is not null,
                application.Languages, application.Skills, application.InterestLines, application.Message, application.Consents,
                known.View, read.MayDecide(application) && (read.Authority.IsCoordinator || !known.IsGuest)));
        }

        return new ApplicationsView(
            views, await waiting.CountAsync(ct),
            [.. teams.Where(t => t.ClosedOn is null && read.Authority.MayLead(t.Id)).Select(t => (t.Id, t.Name))]);
    }

    private static async Task<(KnownAlready? View, bool IsGuest)> KnownAsync(HubTransaction read, JoinApplication application, CancellationToken ct)
    {
        if (await read.KnownByPhoneAsync(application, ct) is not { } who) return (null, false);
        var teams = await read.TeamsOfAsync(who.Id, ct);
        var name = read.Authority.MayRead(teams) ? who.Name : MaskedName.Of(who.Name);
        return (new KnownAlready(name, who.Number, who.Status, application.TeamId is { } team && teams.Contains(team)), who.Kind == VolunteerKind.Guest);
    }
}

/// <summary>Shows the numbers by which an applicant, and a minor's guardian, can be called; the audit tells of it.</summary>
public sealed class RevealApplicant(Hub hub, PhoneProtector phones, FieldProtector fields)
{
    public async Task<Outcome<ApplicantContact>> RunAsync(Actor actor, JoinApplicationId id, CancellationToken ct = default)
    {
        await using var work = await hub.BeginAsync(actor, ct);
        var application = await work.Db.JoinApplications.FirstOrDefaultAsync(a => a.Id == id, ct);
        if (application is null) return work.Missing(this, id);
        if (!work.Authority.ReadsAll && !work.MayDecide(application)) return work.Denied(this, id);
        if (application.Phone is null) return new ApplicationDecided(application.Status);
        work.Note(AuditActions.Revealed, nameof(JoinApplication), id.ToString());
        await work.SaveAsync(null, ct);
        return new ApplicantContact(PhoneNumberReader.National(phones.Reveal(application.Phone)), fields.Reveal(application.Guardian));
    }
}

/// <summary>In clear; for the screen that asked, and nowhere else.</summary>
public sealed record ApplicantContact(string Phone, string? Guardian);

internal static class ApplicationRights
{
    /// <summary>What waits and may be looked at.</summary>
    public static IQueryable<JoinApplication> WaitingApplications(this HubTransaction read)
    {
        var waiting = read.Db.JoinApplications.Where(a => a.Status == ApplicationStatus.Waiting);
        if (read.Authority.ReadsAll) return waiting;
        var leads = read.Authority.Leads.Select(t => (TeamId?)t).ToList();
        return waiting.Where(a => leads.Contains(a.TeamId));
    }

    /// <summary>The coordinator decides all, a leader those for own teams.</summary>
    public static bool MayDecide(this HubTransaction work, JoinApplication application) =>
        work.Authority.IsCoordinator || application.TeamId is { } team && work.Authority.MayLead(team);

    /// <summary>The answer where there is no such application: to who has none to decide it is none of their business.</summary>
    public static Refusal Missing(this HubTransaction work, object job, JoinApplicationId id) => work.Authority.IsStaff ? new ApplicationNotFound() : work.Denied(job, id);

    /// <summary>The record that has the applicant's phone number.</summary>
    public static async Task<Volunteer?> KnownByPhoneAsync(this HubTransaction work, JoinApplication application, CancellationToken ct)
    {
        if (application.Phone?.WholeIndex is not { } index) return null;
        return await work.Db.Volunteers.FirstOrDefaultAsync(v => v.Phone!.WholeIndex == index, ct);
    }
}
