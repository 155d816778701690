using Microsoft.EntityFrameworkCore;
using VolunteerHub.Domain.Attendances;
using VolunteerHub.Domain.Rosters;
using VolunteerHub.Domain.Runs;
using VolunteerHub.Web.Data;
using VolunteerHub.Web.Platform.Identity;

namespace VolunteerHub.Web.Features.CheckIn.Paper;

/// <summary>A row of the 签到表.</summary>
/// <param name="Row">序号.</param>
/// <param name="Slot">From the first to the last of the person's shifts.</param>
/// <param name="InAt">When the person came, where that is recorded already.</param>
/// <param name="OutAt">When the person left.</param>
/// <param name="Evidence">How it is known that the person came.</param>
public sealed record SheetPerson(
    int Row, VolunteerId Id, string Name, string Number, string Initials, string? Team, string Post, TimeSlot Slot, DateTimeOffset? InAt, DateTimeOffset? OutAt, EvidenceKind? Evidence);

/// <summary>The columns of the sheet.</summary>
public enum SheetColumn
{
    Row,
    Name,
    Number,
    Team,
    Post,
    In,
    Out,
    Hours,
    Signature,
    Note,
}

/// <param name="Mark">Of the roster by which the rows are counted.</param>
/// <param name="Posts">Those that somebody can still join.</param>
public sealed record SheetOfRunView(
    RunId RunId, string Title, string Site, TimeSlot Slot, string? Lead, string Tag, string Mark, IReadOnlyList<SheetPerson> People, IReadOnlyList<PostChoice> Posts)
{
    /// <summary>Rows on a page of A4.</summary>
    public const int RowsOnPage = 14;

    /// <summary>Rows at the end that are left empty for who comes unexpected.</summary>
    public const int EmptyRows = 5;

    public int Pages => Math.Min(SheetPageCode.MostPages, (People.Count + EmptyRows + RowsOnPage - 1) / RowsOnPage);

    public string CodeOf(int page) => new SheetPageCode(Tag, page, Mark).Text;
}

/// <summary>
/// The sheet of a run, as it is printed and as it is entered. Rows are counted in the order in which people got their seats, walk-ins last, so
/// that a sheet that was printed before somebody joined keeps its numbers.
/// </summary>
public sealed class SheetOfRun(Hub hub)
{
    public async Task<Outcome<SheetOfRunView>> LoadAsync(Actor actor, RunId runId, CancellationToken ct = default)
    {
        await using var read = await hub.ReadAsync(actor, ct);
        var run = await read.AttendanceRunAsync(this, runId, ct);
        if (run.Refused) return run.Refusal;
        if (!run.Value.IsAnnounced) return new RunNotPublished();
        var people = await SheetPeople.LoadAsync(read, run.Value, ct);
        var site = await read.Db.Sites.Where(s => s.Id == run.Value.SiteId).Select(s => s.Name).SingleAsync(ct);
        var lead = run.Value.Assignments.FirstOrDefault(a => a.IsPublished && run.Value.Find(a.PostId)?.Post.IsLead == true)?.VolunteerId;
        return new SheetOfRunView(
            runId, run.Value.Title, site, new TimeSlot(run.Value.StartsAt, run.Value.EndsAt), people.FirstOrDefault(p => p.Id == lead)?.Name, run.Value.CheckInTag,
            SheetPeople.MarkOf(run.Value), people, [.. run.Value.Posts.Select(p => new PostChoice(p.Post.Id, p.Post.Name, p.Shift.Slot))]);
    }
}

/// <summary>Who stands on the sheet, in which order.</summary>
internal static class SheetPeople
{
    public static string MarkOf(ServiceRun run) =>
        SheetPageCode.MarkOf(Seats(run).Where(s => s[0].Origin != AssignmentOrigin.WalkIn).Select(s => s[0].VolunteerId));

    public static async Task<IReadOnlyList<SheetPerson>> LoadAsync(HubTransaction read, ServiceRun run, CancellationToken ct)
    {
        var seats = Seats(run).ToList();
        var ids = seats.ConvertAll(s => s[0].VolunteerId);
        var people = await read.Db.Volunteers.Where(v => ids.Contains(v.Id)).Select(v => new { v.Id, v.Name, v.Number, v.Initials, v.Unit }).ToDictionaryAsync(v => v.Id, ct);
        var teams = (await (from m in read.Db.Memberships
                            join t in read.Db.Teams on m.TeamId equals t.Id
                            where ids.Contains(m.VolunteerId) && m.Since <= read.Today && (m.Until == null || read.Today < m.Until)
                            orderby t.Order
                            select new { m.VolunteerId, t.Id, t.Name }).ToListAsync(ct)).ToLookup(m => m.VolunteerId);
        var attendances = await read.Db.Attendances.Include(a => a.Intervals).Where(a => a.RunId == run.Id).ToDictionaryAsync(a => a.VolunteerId, ct);
        return [.. seats.Select((mine, row) =>
        {
            var who = people[mine[0].VolunteerId];
            // Who belongs to several teams comes with that of the run, where it is one of them.
            var team = teams[who.Id].FirstOrDefault(t => t.Id == run.HostTeamId || run.CoTeamIds.Contains(t.Id)) ?? teams[who.Id].FirstOrDefault();
            var intervals = attendances.GetValueOrDefault(who.Id)?.Intervals.Where(i => i.Counts).OrderBy(i => i.In.OccurredAt).ToList();
            return new SheetPerson(
                row + 1, who.Id, who.Name, who.Number, who.Initials, team?.Name ?? who.Unit, string.Join(' ', mine.Select(a => run.Find(a.PostId)?.Post.Name).Distinct()),
                new TimeSlot(mine.Min(a => a.Start), mine.Max(a => a.End)), intervals?.FirstOrDefault()?.In.OccurredAt, intervals?.LastOrDefault()?.Out?.OccurredAt,
                intervals?.FirstOrDefault()?.In.Evidence);
        })];
    }

    private static IEnumerable<List<Assignment>> Seats(ServiceRun run) => run.Assignments.Where(a => a.IsPublished)
        .GroupBy(a => a.VolunteerId).Select(g => g.OrderBy(a => a.Id.Value).ToList())
        .OrderBy(s => s[0].Origin == AssignmentOrigin.WalkIn).ThenBy(s => s[0].Id.Value);
}

/// <summary>Finds the run of a page that somebody has in hand.</summary>
public sealed class FindSheet(Hub hub)
{
    /// <param name="actor">Who takes attendance.</param>
    /// <param name="typed">The code of the page, as typed or scanned.</param>
    /// <param name="ct">Cancels.</param>
    public async Task<Outcome<RunId>> LoadAsync(Actor actor, string? typed, CancellationToken ct = default)
    {
        await using var read = await hub.ReadAsync(actor, ct);
        if (SheetPageCode.Read(typed) is not { } code) return new SheetCodeWrong();
        var tag = code.Tag;
        if (await read.RunWhereAsync(r => r.CheckInTag == tag, ct) is not { } run) return new SheetCodeWrong();
        return read.Authority.MayTakeAttendance(run) ? run.Id : read.Denied(this, run.Id);
    }
}
