using Microsoft.EntityFrameworkCore;
using VolunteerHub.Domain.Rosters;
using VolunteerHub.Domain.Runs;
using VolunteerHub.Web.Data;
using VolunteerHub.Web.Platform.Identity;

namespace VolunteerHub.Web.Features.Rosters.GroupLists;

/// <summary>A post, as a group reads of it.</summary>
/// <param name="Name">Of the post.</param>
/// <param name="Qualification">What it asks for; null for nothing.</param>
/// <param name="Language">ISO code of a language that is wished for; null for none.</param>
/// <param name="People">Names on the published roster.</param>
/// <param name="Missing">Heads missing to the least, the draft counted as there.</param>
/// <param name="Room">Heads that may still come.</param>
public sealed record GroupPost(string Name, string? Qualification, string? Language, IReadOnlyList<string> People, int Missing, int Room);

public sealed record GroupShift(TimeSlot Slot, IReadOnlyList<GroupPost> Posts);

/// <summary>A run, as a group reads of it. Where a visit goes to is not told.</summary>
public sealed record GroupRun(RunId Id, string Title, TimeSlot Slot, string? Site, string? MeetAt, string? Bring, bool IsDraft, IReadOnlyList<GroupShift> Shifts)
{
    public int Room => Shifts.Sum(s => s.Posts.Sum(p => p.Room));
}

/// <param name="Runs">Runs that are neither called off nor over, in order of time.</param>
/// <param name="MayImport">Whether the viewer may put people on some post of them.</param>
/// <param name="Team">Name of the team that was asked for; null for all.</param>
public sealed record GroupListView(IReadOnlyList<GroupRun> Runs, bool MayImport, string? Team);

/// <summary>What is told to a group of runs: the published roster, and the seats that are open. No numbers, no phones.</summary>
public sealed class GroupListText(Hub hub)
{
    public async Task<Outcome<GroupListView>> LoadAsync(Actor actor, GroupScope scope, CancellationToken ct = default)
    {
        await using var read = await hub.ReadAsync(actor, ct);
        var scoped = await read.ScopedAsync(this, scope, ct);
        if (scoped.Refused) return scoped.Refusal;
        var runs = scoped.Value.FindAll(r => r.Status != RunStatus.Cancelled && r.EndsAt > read.Now);
        var people = runs.SelectMany(r => r.Assignments.Where(a => a.IsPublished)).Select(a => a.VolunteerId).Distinct().ToList();
        var names = await read.Db.Volunteers.Where(v => people.Contains(v.Id)).ToDictionaryAsync(v => v.Id, v => v.Name, ct);
        var sites = await read.Db.Sites.ToDictionaryAsync(s => s.Id, s => s.Name, ct);
        var team = scope.Team is { } code ? await read.Db.Teams.Where(t => t.Code == code).Select(t => t.Name).FirstOrDefaultAsync(ct) : null;
        return new GroupListView(
            runs.ConvertAll(run => new GroupRun(
                run.Id, run.Title, new TimeSlot(run.StartsAt, run.EndsAt), run.IsHomeVisit ? null : sites[run.SiteId], run.IsHomeVisit ? null : run.MeetAt, run.Bring, run.Status == RunStatus.Draft,
                [.. run.Shifts.Where(s => s.Slot.End > read.Now).Select(shift => new GroupShift(shift.Slot, [.. shift.Posts.Select(post => PostOf(run, post, names))]))])),
            runs.Exists(read.Authority.MayStaff), team);
    }

    private static GroupPost PostOf(ServiceRun run, Post post, Dictionary<VolunteerId, string> names)
    {
        var heads = run.Heads(post);
        return new(
            post.Name, post.Qualification, post.Language,
            [.. run.Assignments.Where(a => a.PostId == post.Id && a.IsPublished).OrderBy(a => a.Id.Value).Select(a => names[a.VolunteerId])],
            Math.Max(0, post.Min - heads), Math.Max(0, post.Max - heads));
    }
}
