using Microsoft.EntityFrameworkCore;
using VolunteerHub.Domain.Rosters;
using VolunteerHub.Domain.Runs;
using VolunteerHub.Domain.Teams;
using VolunteerHub.Domain.Volunteers;
using VolunteerHub.Web.Data;
using VolunteerHub.Web.Features.Planner;

namespace VolunteerHub.Web.Features.Rosters;

/// <summary>
/// Reads the rosters of however many runs in a handful of queries: only what a board shows of them, so that a month of it
/// costs little more than a week.
/// </summary>
internal static class RosterReading
{
    /// <summary>The rosters of these runs that the actor may see, in order of time.</summary>
    public static async Task<List<RosterBoardView>> RostersAsync(this HubTransaction read, IQueryable<ServiceRun> wanted, CancellationToken ct)
    {
        var runs = await wanted.OrderBy(r => r.StartsAt).ThenBy(r => r.Id).Select(r => new RunRow(
            r.Id, r.Title, r.Line, r.HostTeamId, r.CoTeamIds, r.PartnerIds, r.SiteId, r.StartsAt, r.EndsAt, r.Status, r.IsHomeVisit)).ToListAsync(ct);
        if (runs.Count == 0) return [];
        var posts = (await (from run in wanted
                            from shift in run.Shifts
                            from post in shift.Posts
                            select new PostRow(
                                run.Id, shift.Id, shift.Start, shift.End, post.Id, post.Name, post.Min, post.Max, post.IsLead,
                                post.Qualification, post.Language, post.CoTeamId, post.Order)).ToListAsync(ct)).ToLookup(p => p.Run);
        var seats = (await (from run in wanted
                            from seat in run.Assignments
                            join who in read.Db.Volunteers on seat.VolunteerId equals who.Id
                            where seat.Status == AssignmentStatus.Proposed || seat.Status == AssignmentStatus.Invited || seat.Status == AssignmentStatus.Accepted
                                || seat.Status == AssignmentStatus.CoverSought || seat.Status == AssignmentStatus.Declined
                            select new SeatRow(
                                run.Id, seat.Id, seat.PostId, who.Id, who.Name, who.Kind == VolunteerKind.Guest, who.Unit,
                                seat.Status, seat.Origin, seat.LeavesWithDraft, seat.DeclineReason, !seat.MayBeMoved)).ToListAsync(ct)).ToLookup(s => s.Run);
        // Few seats have a note of why rules were set aside: they are not worth a join of all history.
        var notes = (await (from run in wanted
                            from seat in run.Assignments
                            from change in seat.History
                            where change.Note != null
                            select new { seat.Id, change.At, Note = change.Note ?? "" }).ToListAsync(ct))
            .GroupBy(n => n.Id).ToDictionary(g => g.Key, g => g.MinBy(n => n.At)!.Note);
        var teams = await read.Db.Teams.ToDictionaryAsync(t => t.Id, ct);
        var lent = (await (from run in wanted
                           join lending in read.Db.Lendings on run.Id equals lending.RunId
                           where lending.Status == LendingStatus.Granted
                           select new { lending.RunId, lending.VolunteerId, lending.BorrowerTeamId, lending.HomeTeamId }).ToListAsync(ct))
            .ToLookup(l => (l.RunId, l.VolunteerId, l.BorrowerTeamId), l => teams[l.HomeTeamId].Name);
        var facts = new BoardFacts(
            read, teams, await read.Db.Sites.ToDictionaryAsync(s => s.Id, s => s.Name, ct), notes, lent, await PartnersAsync(read, runs, ct),
            await read.Db.Volunteers.Where(v => v.Id == read.Actor.Id).Select(v => v.Name).SingleOrDefaultAsync(ct) ?? "");
        return [.. runs.Select(run => facts.BoardOf(run, [.. posts[run.Id]], [.. seats[run.Id]])).OfType<RosterBoardView>()];
    }

    private static async Task<Dictionary<PartnerId, string>> PartnersAsync(HubTransaction read, List<RunRow> runs, CancellationToken ct)
    {
        var ids = runs.SelectMany(r => r.Partners).Distinct().ToList();
        return ids.Count == 0 ? [] : await read.Db.Partners.Where(p => ids.Contains(p.Id)).ToDictionaryAsync(p => p.Id, p => p.Name, ct);
    }

    private sealed record RunRow(
        RunId Id, string Title, ServiceLine? Line, TeamId Host, IReadOnlyList<TeamId> CoTeams, IReadOnlyList<PartnerId> Partners, SiteId Site,
        DateTimeOffset Start, DateTimeOffset End, RunStatus Status, bool IsHomeVisit);

    private sealed record PostRow(
        RunId Run, ShiftId Shift, DateTimeOffset Start, DateTimeOffset End, PostId Id, string Name, int Min, int Max, bool IsLead,
        string? Qualification, string? Language, TeamId? CoTeam, int Order);

    private sealed record SeatRow(
        RunId Run, AssignmentId Id, PostId Post, VolunteerId Who, string Name, bool IsGuest, string? Unit,
        AssignmentStatus Status, AssignmentOrigin Origin, bool Leaves, string? DeclineReason, bool Pinned)
    {
        public bool Holds => Assignment.Holding(Status);

        /// <summary>Whether it counts as a head: who leaves with the draft does not.</summary>
        public bool Counts => Holds && !Leaves;
    }

    /// <summary>What is the same for all runs that are read, and how a board is made of it.</summary>
    private sealed record BoardFacts(
        HubTransaction Read, Dictionary<TeamId, Team> Teams, Dictionary<SiteId, string> Sites, Dictionary<AssignmentId, string> Notes,
        ILookup<(RunId, VolunteerId, TeamId), string> Lent, Dictionary<PartnerId, string> Partners, string Viewer)
    {
        /// <summary>The board of a run; null where the actor may not see it.</summary>
        public RosterBoardView? BoardOf(RunRow run, List<PostRow> posts, List<SeatRow> seats)
        {
            var (authority, slot) = (Read.Authority, new TimeSlot(run.Start, run.End));
            var leadPosts = posts.FindAll(p => p.IsLead).ConvertAll(p => p.Id);
            var (mayPlan, mayStaff) = (authority.MayPlan(run.Host), authority.MayStaff(run.Host, run.CoTeams));
            var isLead = authority.IsRunLead(slot, seats.Where(s => leadPosts.Contains(s.Post)).Select(s => (s.Who, s.Status)));
            if (!authority.ReadsAll && !mayStaff && !isLead) return null;
            var names = posts.ToDictionary(p => p.Id, p => p.Name);
            var byPost = seats.OrderBy(s => s.Id.Value).ToLookup(s => s.Post);
            return new RosterBoardView(
                SummaryOf(run, slot, posts, seats),
                [.. posts.GroupBy(p => (p.Shift, p.Start, p.End)).OrderBy(g => g.Key.Start).Select(g =>
                    new ShiftView(g.Key.Shift, new TimeSlot(g.Key.Start, g.Key.End), [.. g.OrderBy(p => p.Order).Select(p => PostOf(run, p, [.. byPost[p.Id]]))]))],
                [.. seats.Where(s => s.Status == AssignmentStatus.Proposed).Select(s => Told(s, true)), .. seats.Where(s => s.Leaves).Select(s => Told(s, false))],
                ServiceRun.IsUnderWay(run.Status, slot, Read.Now, Read.Community.CheckIn),
                run.End <= Read.Now,
                mayPlan,
                mayStaff,
                authority.IsAuditor || mayPlan || isLead)
            {
                Partners = [.. run.Partners.Select(p => Partners.GetValueOrDefault(p)).OfType<string>()],
                IsHomeVisit = run.IsHomeVisit,
                Viewer = Viewer,
            };

            ToldView Told(SeatRow seat, bool invited) => new(seat.Id, seat.Who, seat.Name, names.GetValueOrDefault(seat.Post, ""), invited);
        }

        private RunSummary SummaryOf(RunRow run, TimeSlot slot, List<PostRow> posts, List<SeatRow> seats)
        {
            var heads = seats.Where(s => s.Counts).CountBy(s => s.Post).ToDictionary();
            var team = Teams[run.Host];
            return new(
                run.Id, run.Title, run.Line, run.Host, team.Name, team.Colour, team.Glyph, run.Site, Sites[run.Site], slot,
                RunSummary.PhaseOf(run.Status, slot, Read.Now, Read.Community.CheckIn),
                posts.Sum(p => p.Min), posts.Sum(p => p.Max), posts.Sum(p => heads.GetValueOrDefault(p.Id)), posts.Sum(p => Math.Max(0, p.Min - heads.GetValueOrDefault(p.Id))),
                seats.Count(s => s.Status == AssignmentStatus.Invited), seats.Count(s => s.Status == AssignmentStatus.Declined));
        }

        private PostView PostOf(RunRow run, PostRow post, List<SeatRow> here)
        {
            var team = post.CoTeam ?? run.Host;
            var seats = here.FindAll(s => s.Holds);
            var heads = seats.Count(s => !s.Leaves);
            // Someone who declined and was put on again, or who is on another post by now, is no open matter.
            var declined = here.Where(s => s.Status == AssignmentStatus.Declined && seats.TrueForAll(o => o.Who != s.Who)).DistinctBy(s => s.Who);
            var empty = Math.Max(0, post.Min - heads);
            return new(
                post.Id, post.Name, post.Min, post.Max, post.IsLead, post.Qualification, post.Language, Teams[team].Name,
                [.. seats.Select(Seat)], [.. declined.Select(Seat)], empty, Math.Max(0, post.Max - heads - empty), Read.Authority.MayStaff(run.Host, team));

            SeatView Seat(SeatRow s) => new(s.Id, s.Who, s.Name, s.Status, s.Origin, s.Leaves, s.DeclineReason, Notes.GetValueOrDefault(s.Id))
            {
                GuestOf = s.IsGuest ? s.Unit ?? "" : null,
                Pinned = s.Pinned && s.Status == AssignmentStatus.Proposed,
                LentBy = Lent[(run.Id, s.Who, team)].FirstOrDefault(),
            };
        }
    }
}
