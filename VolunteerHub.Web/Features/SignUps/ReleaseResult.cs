using Microsoft.EntityFrameworkCore;
using VolunteerHub.Domain.Rosters;
using VolunteerHub.Domain.Rosters.Releases;
using VolunteerHub.Domain.Volunteers;
using VolunteerHub.Web.Data;
using VolunteerHub.Web.Features.Rosters;
using VolunteerHub.Web.Platform.Identity;

namespace VolunteerHub.Web.Features.SignUps;

/// <summary>How one person fared, as the others may see it: by name only where the published roster shows the name.</summary>
public sealed record FaredView(int Place, string Name, bool IsMe, bool FirstTime, TimeSpan Load, int Draw, AllottedAs As, string? Post);

/// <summary>A post that a person named and could not get, and why not.</summary>
public sealed record WhyNotView(string Post, IReadOnlyList<Obstacle> Against);

/// <summary>How the seats of a popular run were allotted.</summary>
/// <param name="Title">The run.</param>
/// <param name="Slot">Its time.</param>
/// <param name="ClosedAt">When it was allotted.</param>
/// <param name="Seed">What the draw came of.</param>
/// <param name="Seats">Seats that were allotted.</param>
/// <param name="Window">The days over which duty counts.</param>
/// <param name="Everybody">In the order in which they were served.</param>
/// <param name="WhyNot">For whom no seat was possible: why, by what is known now.</param>
public sealed record ReleaseResultView(
    string Title, TimeSlot Slot, DateTimeOffset ClosedAt, int Seed, int Seats, int Window, IReadOnlyList<FaredView> Everybody, IReadOnlyList<WhyNotView> WhyNot)
{
    public FaredView? Mine => Everybody.FirstOrDefault(e => e.IsMe);
}

/// <summary>How the seats of a popular run were allotted: for everybody who would have come, and for who leads it.</summary>
public sealed class ReleaseResult(Hub hub)
{
    public async Task<Outcome<ReleaseResultView>> LoadAsync(Actor actor, RunId runId, CancellationToken ct = default)
    {
        await using var read = await hub.ReadAsync(actor, ct);
        if (!actor.SignsUp()) return read.Denied(this, runId);
        var run = await read.RunAsync(runId, ct);
        var release = await read.Db.FairReleases.Where(r => r.RunId == runId && r.Status == ReleaseStatus.Allotted).OrderByDescending(r => r.OpenedAt).FirstOrDefaultAsync(ct);
        var mine = release?.Results.FirstOrDefault(r => r.VolunteerId == actor.Id);
        if (mine is null && (actor.Via != Via.Session || run is null || !read.Authority.MaySee(run))) return read.Denied(this, runId);
        if (run is null || release is null) return new ReleaseNotAllotted();
        var ids = release.Results.Select(r => r.VolunteerId).ToList();
        var names = await read.Db.Volunteers.Where(v => ids.Contains(v.Id)).ToDictionaryAsync(v => v.Id, v => v.Name, ct);
        var shown = run.Assignments.Where(a => a.IsPublished).Select(a => a.VolunteerId).ToHashSet();
        return new ReleaseResultView(
            run.Title, new TimeSlot(run.StartsAt, run.EndsAt), release.ClosedAt ?? release.Deadline, release.Seed,
            release.Results.Count(r => r.As == AllottedAs.Seat), (int)read.Community.Duty.FairnessWindow.TotalDays,
            [
                .. release.Results.OrderBy(r => r.Place).Select(r => new FaredView(
                    r.Place, NameOf(r.VolunteerId), r.VolunteerId == actor.Id, r.FirstTime, TimeSpan.FromMinutes(r.LoadMinutes), r.Draw, r.As,
                    r.Post is { } post ? run.Find(post)?.Post.Name : null)),
            ],
            mine is { As: AllottedAs.NotEligible } ? await WhyNotAsync(read, run, release, ct) : []);

        string NameOf(VolunteerId who) => names.GetValueOrDefault(who) is not { } name ? "" : who == actor.Id || shown.Contains(who) ? name : MaskedName.Of(name);
    }

    private static async Task<IReadOnlyList<WhyNotView>> WhyNotAsync(HubTransaction read, Domain.Runs.ServiceRun run, FairRelease release, CancellationToken ct)
    {
        var me = read.Actor.Id;
        var book = await CandidateBook.OpenAsync(read, read.Db.Volunteers.Where(v => v.Id == me), new TimeSlot(run.StartsAt, run.EndsAt), ct);
        var experience = await read.ExperienceAsync([.. run.Assignments.Where(a => a.Holds).Select(a => a.VolunteerId).Append(me)], ct);
        return
        [
            .. from id in release.Interests.FirstOrDefault(i => i.VolunteerId == me)?.Posts ?? []
               let place = run.Find(id)
               where place is not null
               let who = book.Of(me, place.Value.Shift.Slot)
               where who is not null
               select new WhyNotView(place.Value.Post.Name, run.JudgeSignUp(place.Value.Shift, place.Value.Post, who, read.Community, experience).Against),
        ];
    }
}

/// <summary>The seats have not been allotted yet.</summary>
public sealed record ReleaseNotAllotted : Refusal;
