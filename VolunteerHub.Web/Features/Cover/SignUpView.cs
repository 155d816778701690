using Microsoft.EntityFrameworkCore;
using VolunteerHub.Domain.Rosters.Cover;
using VolunteerHub.Domain.Rosters.Releases;
using VolunteerHub.Domain.Runs;
using VolunteerHub.Web.Data;
using VolunteerHub.Web.Platform.Identity;

namespace VolunteerHub.Web.Features.Cover;

/// <summary>How one person fared, for the leader's eyes.</summary>
public sealed record AllottedView(int Place, string Name, bool FirstTime, TimeSpan Load, int Draw, AllottedAs As, string? Post);

/// <summary>Somebody who waits for a seat.</summary>
public sealed record WaitingView(string Name, string Post, DateTimeOffset Since);

/// <summary>How people get onto a run, and how its fair release stands.</summary>
/// <param name="Deadline">Of the release that collects interest, or was allotted last; null where there was none.</param>
/// <param name="Interested">How many would come.</param>
/// <param name="Seed">What settles ties.</param>
public sealed record SignUpView(
    SignUp SignUp, ReleaseStatus? Release, DateTimeOffset? Deadline, int Interested, int Free, int Seed, IReadOnlyList<AllottedView> Results, IReadOnlyList<WaitingView> Waiting, bool MayChange);

/// <summary>How people get onto a run, for those who lead it.</summary>
public sealed class SignUpOfRun(Hub hub)
{
    public async Task<Outcome<SignUpView>> LoadAsync(Actor actor, RunId runId, CancellationToken ct = default)
    {
        await using var read = await hub.ReadAsync(actor, ct);
        if (await read.RunAsync(runId, ct) is not { } run) return new RunNotFound();
        if (!read.Authority.ReadsAll && !read.Authority.MayStaff(run)) return read.Denied(this, runId);
        var release = await read.Db.FairReleases.Where(r => r.RunId == runId && r.Status != ReleaseStatus.CalledOff).OrderByDescending(r => r.OpenedAt).FirstOrDefaultAsync(ct);
        var waiting = await read.Db.WaitList.Where(w => w.RunId == runId && w.Status == WaitingStatus.Waiting).OrderBy(w => w.Since).ToListAsync(ct);
        var ids = waiting.Select(w => w.VolunteerId).Concat(release?.Results.Select(r => r.VolunteerId) ?? []).Distinct().ToList();
        var names = await read.Db.Volunteers.Where(v => ids.Contains(v.Id)).ToDictionaryAsync(v => v.Id, v => v.Name, ct);
        return new SignUpView(
            run.SignUp, release?.Status, release?.Deadline, release?.Interests.Count ?? 0, run.Posts.Sum(p => run.FreeSeats(p.Post)), release?.Seed ?? 0,
            [.. release?.Results.Select(r => new AllottedView(r.Place, names[r.VolunteerId], r.FirstTime, TimeSpan.FromMinutes(r.LoadMinutes), r.Draw, r.As, NameOf(r.Post))) ?? []],
            [.. waiting.Select(w => new WaitingView(names[w.VolunteerId], NameOf(w.PostId) ?? "", w.Since))],
            read.Authority.MayPlan(run.HostTeamId) && run.NoLongerPlanned(read.Now) is null);

        string? NameOf(PostId? post) => post is { } id ? run.Find(id)?.Post.Name : null;
    }
}
