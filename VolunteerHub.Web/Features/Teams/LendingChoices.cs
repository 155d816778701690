using Microsoft.EntityFrameworkCore;
using VolunteerHub.Domain.Rosters;
using VolunteerHub.Domain.Rosters.Eligibility;
using VolunteerHub.Domain.Runs;
using VolunteerHub.Domain.Teams;
using VolunteerHub.Domain.Volunteers;
using VolunteerHub.Web.Data;
using VolunteerHub.Web.Features.Planner;
using VolunteerHub.Web.Features.Rosters;
using VolunteerHub.Web.Platform.Identity;

namespace VolunteerHub.Web.Features.Teams;

/// <summary>Somebody who could be lent: no more than a name and what the post asks for.</summary>
public sealed record LendablePerson(VolunteerId Id, string Name, IReadOnlyList<string> Qualifications);

/// <summary>What was asked for a post's team at a run, and whom else can be asked.</summary>
/// <param name="Borrower">The team that fills the post.</param>
/// <param name="Lendings">Questions and answers for it, at this run.</param>
/// <param name="Teams">Other teams.</param>
public sealed record RunLendingsView(TeamLabel Borrower, IReadOnlyList<LendingView> Lendings, IReadOnlyList<TeamLabel> Teams);

/// <summary>The lendings of a run for the team that fills a post.</summary>
public sealed class RunLendings(Hub hub)
{
    public async Task<Outcome<RunLendingsView>> LoadAsync(Actor actor, RunId runId, PostId postId, CancellationToken ct = default)
    {
        await using var read = await hub.ReadAsync(actor, ct);
        var found = await read.StaffedPostAsync(this, runId, postId, ct);
        if (found.Refused) return found.Refusal;
        var team = found.Value.Run.TeamFor(found.Value.Post);
        var teams = (await read.Db.Teams.Where(t => t.ClosedOn == null).ToListAsync(ct)).OrderBy(t => t.Order).Select(t => new TeamLabel(t.Id, t.Name, t.Colour, t.Glyph)).ToList();
        var borrower = await read.Db.Teams.Where(t => t.Id == team).Select(t => new TeamLabel(t.Id, t.Name, t.Colour, t.Glyph)).SingleAsync(ct);
        var lendings = await read.LendingsAsync(read.Db.Lendings.Where(l => l.RunId == runId && l.BorrowerTeamId == team && l.Status != LendingStatus.TakenBack), ct);
        return new RunLendingsView(borrower, lendings, teams.FindAll(t => t.Id != team));
    }
}

/// <summary>
/// Members of another team who could fill a post: nobody whom a hard rule bars but for belonging to another team,
/// nobody who is on the shift or asked for already.
/// </summary>
public sealed class LendableMembers(Hub hub)
{
    public async Task<Outcome<IReadOnlyList<LendablePerson>>> LoadAsync(Actor actor, RunId runId, PostId postId, TeamId home, CancellationToken ct = default)
    {
        await using var read = await hub.ReadAsync(actor, ct);
        var found = await read.StaffedPostAsync(this, runId, postId, ct);
        if (found.Refused) return found.Refusal;
        return await read.LendablePeopleAsync(found.Value.Run, [(found.Value.Shift, found.Value.Post)], home, found.Value.Run.TeamFor(found.Value.Post), ct);
    }
}

/// <summary>A published run of another team that lacks people.</summary>
public sealed record RunInNeed(RunId Id, string Title, TimeSlot Slot, string Site, TeamLabel Borrower, int Missing);

/// <summary>Runs of other teams that lack people, and who of the own team could help at the chosen one.</summary>
public sealed record OfferChoicesView(IReadOnlyList<RunInNeed> Runs, IReadOnlyList<LendablePerson> People);

/// <summary>What a leader can offer: published runs of the coming weeks with open seats, and own members who fit them.</summary>
public sealed class OfferChoices(Hub hub)
{
    private const int Days = 28;

    public async Task<Outcome<OfferChoicesView>> LoadAsync(Actor actor, TeamId home, RunId? chosen, TeamId? borrower, CancellationToken ct = default)
    {
        await using var read = await hub.ReadAsync(actor, ct);
        if (!read.Authority.MayLead(home)) return read.Denied(this, home);
        var until = read.Now.AddDays(Days);
        var runs = await read.WholeRuns.Where(r => r.Status == RunStatus.Published && r.StartsAt > read.Now && r.StartsAt < until).OrderBy(r => r.StartsAt).ToListAsync(ct);
        var teams = await read.Db.Teams.ToDictionaryAsync(t => t.Id, t => new TeamLabel(t.Id, t.Name, t.Colour, t.Glyph), ct);
        var sites = await read.Db.Sites.ToDictionaryAsync(s => s.Id, s => s.Name, ct);
        var needs = runs.SelectMany(run => run.Posts.Where(p => run.TeamFor(p.Post) != home && run.Heads(p.Post) < p.Post.Min).GroupBy(p => run.TeamFor(p.Post)).Select(posts =>
            new RunInNeed(run.Id, run.Title, new TimeSlot(run.StartsAt, run.EndsAt), sites[run.SiteId], teams[posts.Key], posts.Sum(p => p.Post.Min - run.Heads(p.Post))))).ToList();
        if (chosen is not { } id || borrower is not { } other || runs.Find(r => r.Id == id) is not { } wanted) return new OfferChoicesView(needs, []);
        var open = wanted.Posts.Where(p => wanted.TeamFor(p.Post) == other && wanted.Heads(p.Post) < p.Post.Max).ToList();
        return new OfferChoicesView(needs, await read.LendablePeopleAsync(wanted, open, home, other, ct));
    }
}

internal static class LendablePeople
{
    /// <summary>The post of a run, for who may put people on it.</summary>
    public static async Task<Outcome<(ServiceRun Run, Shift Shift, Post Post)>> StaffedPostAsync(this HubTransaction read, object view, RunId runId, PostId postId, CancellationToken ct)
    {
        if (await read.RunAsync(runId, ct) is not { } run) return new RunNotFound();
        if (run.Find(postId) is not var (shift, post)) return read.Authority.MayStaff(run) ? new PostNotFound() : read.Denied(view, runId);
        return read.Authority.MayStaff(run, post) ? (run, shift, post) : read.Denied(view, runId);
    }

    /// <summary>Members of a team who fit one of the posts, but for being of another team.</summary>
    public static async Task<List<LendablePerson>> LendablePeopleAsync(
        this HubTransaction read, ServiceRun run, IReadOnlyList<(Shift Shift, Post Post)> posts, TeamId home, TeamId borrower, CancellationToken ct)
    {
        var rules = EligibilityRules.ForRoster.Where(r => r is not MembershipRule).ToList();
        var asked = read.Db.Lendings.Where(l => l.RunId == run.Id && l.BorrowerTeamId == borrower && (l.Status == LendingStatus.Asked || l.Status == LendingStatus.Granted)).Select(l => l.VolunteerId);
        var fit = new Dictionary<VolunteerId, LendablePerson>();
        foreach (var (shift, post) in posts)
        {
            var day = shift.Slot.DayIn(read.Zone);
            var members = read.Db.Memberships.Where(m => m.TeamId == home && m.Since <= day && (m.Until == null || day < m.Until)).Select(m => m.VolunteerId);
            var pool = read.Db.Volunteers.Where(v => v.Status == VolunteerStatus.Active && members.Contains(v.Id) && !asked.Contains(v.Id));
            var opening = run.OpeningOf(shift, post, read.Zone);
            foreach (var who in await read.LoadAsync(pool, shift.Slot, ct))
            {
                if (who.Teams.Contains(borrower) || fit.ContainsKey(who.Id)) continue;
                if (run.Assignments.Any(a => a.Holds && a.ShiftId == shift.Id && a.VolunteerId == who.Id)) continue;
                if (EligibilityRules.Judge(who, opening, rules).Against.Any(o => o.IsHard)) continue;
                fit[who.Id] = new LendablePerson(who.Id, who.Name, [.. who.Volunteer.Qualifications.Where(q => q.ValidOn(day)).Select(q => q.Kind).Distinct()]);
            }
        }

        return [.. fit.Values.OrderByDescending(p => posts.Any(o => o.Post.Qualification is { } kind && p.Qualifications.Contains(kind))).ThenBy(p => p.Name, StringComparer.CurrentCulture)];
    }
}
