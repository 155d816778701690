using Microsoft.EntityFrameworkCore;
using VolunteerHub.Domain.Hours;
using VolunteerHub.Domain.Rosters;
using VolunteerHub.Domain.Runs;
using VolunteerHub.Domain.Teams;
using VolunteerHub.Web.Data;

namespace VolunteerHub.Web.Features.Teams;

/// <summary>A lending, as both teams see it.</summary>
/// <param name="OnRoster">Whether the person is on the roster of the run for the team that borrows.</param>
/// <param name="Hours">What the person earned there; it stands in the person's own record, and only there. Null where nothing was earned yet.</param>
/// <param name="MayAnswer">Whether the viewer decides about the question.</param>
/// <param name="MayTakeBack">Whether the viewer may take question or consent back.</param>
public sealed record LendingView(
    LendingId Id, RunId RunId, string RunTitle, TimeSlot Slot, bool RunCancelled, string Name, TeamLabel Home, TeamLabel Borrower, LendingStatus Status,
    string? Note, string? RefusedBecause, string AskedBy, DateTimeOffset AskedAt, bool OnRoster, TimeSpan? Hours, bool MayAnswer, bool MayTakeBack, PostId? Post);

/// <summary>A team as it is shown beside something else.</summary>
public sealed record TeamLabel(TeamId Id, string Name, string Colour, string Glyph);

internal static class LendingFacts
{
    /// <summary>Lendings with their runs and people, the next runs last.</summary>
    public static async Task<List<LendingView>> LendingsAsync(this HubTransaction read, IQueryable<Lending> which, CancellationToken ct)
    {
        var lendings = await which.ToListAsync(ct);
        if (lendings.Count == 0) return [];
        var (runIds, people) = (lendings.Select(l => l.RunId).Distinct().ToList(), lendings.SelectMany(l => new[] { l.VolunteerId, l.AskedBy }).Distinct().ToList());
        var runs = await read.WholeRuns.AsNoTracking().Where(r => runIds.Contains(r.Id)).ToDictionaryAsync(r => r.Id, ct);
        var names = await read.Db.Volunteers.Where(v => people.Contains(v.Id)).ToDictionaryAsync(v => v.Id, v => v.Name, ct);
        var teams = await read.Db.Teams.AsNoTracking().ToDictionaryAsync(t => t.Id, t => new TeamLabel(t.Id, t.Name, t.Colour, t.Glyph), ct);
        var hours = (await read.Db.HourEntries.Where(h => runIds.Contains(h.RunId) && people.Contains(h.VolunteerId)).Select(h => new { h.RunId, h.VolunteerId, h.CreditedSeconds }).ToListAsync(ct))
            .GroupBy(h => (h.RunId, h.VolunteerId)).ToDictionary(g => g.Key, g => TimeSpan.FromSeconds(g.Sum(h => h.CreditedSeconds)));
        return [.. lendings.Select(View).OrderBy(l => l.Slot.Start).ThenBy(l => l.AskedAt)];

        LendingView View(Lending l)
        {
            var run = runs[l.RunId];
            var seats = run.ClaimsOf(l.VolunteerId, l.BorrowerTeamId).Where(a => a.Holds).ToList();
            var ahead = run.Status != RunStatus.Cancelled && run.EndsAt > read.Now;
            var post = run.Posts.Select(p => p.Post).Where(p => run.TeamFor(p) == l.BorrowerTeamId).OrderByDescending(p => p.Min - run.Heads(p)).FirstOrDefault();
            return new(
                l.Id, l.RunId, run.Title, new TimeSlot(run.StartsAt, run.EndsAt), run.Status == RunStatus.Cancelled, names[l.VolunteerId], teams[l.HomeTeamId], teams[l.BorrowerTeamId], l.Status,
                l.Note, l.RefusedBecause, names.GetValueOrDefault(l.AskedBy, ""), l.AskedAt, seats.Count > 0,
                l.Status == LendingStatus.Granted && seats.Count > 0 && hours.TryGetValue((l.RunId, l.VolunteerId), out var earned) && earned > TimeSpan.Zero ? earned : null,
                ahead && l.Status == LendingStatus.Asked && read.Authority.MayLead(l.HomeTeamId),
                ahead && l.Status is LendingStatus.Asked or LendingStatus.Granted && seats.Count == 0 && read.MayTakeBack(l, run), post?.Id);
        }
    }

    /// <summary>Both sides may take a lending back, and who plans the run.</summary>
    public static bool MayTakeBack(this HubTransaction read, Lending lending, ServiceRun run) =>
        read.Authority.MayLead(lending.HomeTeamId) || read.Authority.MayLead(lending.BorrowerTeamId) || read.Authority.MayPlan(run.HostTeamId);

    /// <summary>Why nobody can be lent to the run any more; null where it is ahead or under way.</summary>
    public static Refusal? Closed(this HubTransaction work, ServiceRun run) =>
        run.Status == RunStatus.Cancelled ? new RunIsCancelled(run.CancelledBecause ?? "") : run.EndsAt <= work.Now ? new RunIsOver(run.EndsAt) : null;

    /// <summary>Whether somebody may be lent by one team to another for a run: everything but whether the leaders want it.</summary>
    /// <returns>The name of the person.</returns>
    public static async Task<Outcome<string>> LendableAsync(this HubTransaction work, ServiceRun run, TeamId home, TeamId borrower, VolunteerId who, LendingId? but, CancellationToken ct)
    {
        if (work.Closed(run) is { } closed) return closed;
        var teams = await work.Db.Teams.Where(t => t.Id == home || t.Id == borrower).ToDictionaryAsync(t => t.Id, ct);
        if (!teams.TryGetValue(home, out var lender) || !teams.TryGetValue(borrower, out var other)) return new TeamNotFound();
        if (!run.Posts.Any(p => run.TeamFor(p.Post) == borrower)) return new TeamTakesNoPart(other.Name);
        if (await work.Db.Volunteers.FirstOrDefaultAsync(v => v.Id == who, ct) is not { } person) return new Domain.Volunteers.VolunteerNotFound();
        var day = new TimeSlot(run.StartsAt, run.EndsAt).DayIn(work.Zone);
        var memberships = await work.Db.Memberships.Where(m => m.VolunteerId == who && (m.TeamId == home || m.TeamId == borrower)).ToListAsync(ct);
        if (!memberships.Exists(m => m.TeamId == home && m.InForceOn(day))) return new NotOursToLend(person.Name, lender.Name);
        if (memberships.Exists(m => m.TeamId == borrower && m.InForceOn(day))) return new NothingToLend(person.Name, other.Name);
        var open = await work.Db.Lendings.AnyAsync(
            l => l.RunId == run.Id && l.VolunteerId == who && l.BorrowerTeamId == borrower && l.Id != (but ?? default) && (l.Status == LendingStatus.Asked || l.Status == LendingStatus.Granted), ct);
        return open ? new LendingAlready(person.Name) : person.Name;
    }

    /// <summary>Ends what is asked for or lent for a run that is called off.</summary>
    public static async Task EndLendingsAsync(this HubTransaction work, RunId run, CancellationToken ct)
    {
        var open = await work.Db.Lendings.Where(l => l.RunId == run && (l.Status == LendingStatus.Asked || l.Status == LendingStatus.Granted)).ToListAsync(ct);
        foreach (var lending in open) lending.TakeBack("", isOnRoster: false, work.Actor.Id, work.Now);
    }
}
