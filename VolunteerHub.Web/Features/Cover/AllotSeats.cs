using Microsoft.EntityFrameworkCore;
using VolunteerHub.Domain.Notices;
using VolunteerHub.Domain.Rosters;
using VolunteerHub.Domain.Rosters.Cover;
using VolunteerHub.Domain.Rosters.Releases;
using VolunteerHub.Domain.Runs;
using VolunteerHub.Web.Data;
using VolunteerHub.Web.Features.Rosters;
using VolunteerHub.Web.Platform.Background;
using VolunteerHub.Web.Platform.Identity;

namespace VolunteerHub.Web.Features.Cover;

/// <summary>Allots the seats of fair releases whose deadline has come. One release, one transaction.</summary>
public sealed class AllotSeats(Hub hub, ILogger<AllotSeats> log) : IBackgroundJob
{
    public string Name => "releases";

    public TimeSpan Every => TimeSpan.FromMinutes(1);

    public async Task<int> WorkAsync(CancellationToken ct)
    {
        List<ReleaseId> due;
        await using (var read = await hub.ReadAsync(Actor.System, ct))
        {
            var now = read.Now;
            var over = read.Db.Runs.Where(r => r.Status != RunStatus.Published).Select(r => r.Id);
            due = await read.Db.FairReleases.Where(r => r.Status == ReleaseStatus.Collecting && (r.Deadline <= now || over.Contains(r.RunId))).OrderBy(r => r.Deadline).Select(r => r.Id).ToListAsync(ct);
        }

        return await this.EachAsync(due, id => AllotAsync(id, ct), log, ct);
    }

    private async Task<int> AllotAsync(ReleaseId id, CancellationToken ct)
    {
        await using var work = await hub.BeginAsync(Actor.System, ct);
        if (await work.Db.FairReleases.FirstOrDefaultAsync(r => r.Id == id && r.Status == ReleaseStatus.Collecting, ct) is not { } release) return 0;
        if (await work.RunAsync(release.RunId, ct) is not { } run) return 0;
        if (run.Status != RunStatus.Published || run.StartsAt <= work.Now) work.CallOff(release, run);
        else await AllotAsync(work, release, run, ct);
        await work.SaveAsync(run.Id, ct);
        return 1;
    }

    private static async Task AllotAsync(HubTransaction work, FairRelease release, ServiceRun run, CancellationToken ct)
    {
        var people = release.Interests.Select(i => i.VolunteerId).ToList();
        var book = await CandidateBook.OpenAsync(work, work.Db.Volunteers.Where(v => people.Contains(v.Id)), new TimeSlot(run.StartsAt, run.EndsAt), ct);
        var experience = await work.ExperienceAsync([.. people, .. run.Assignments.Where(a => a.Holds).Select(a => a.VolunteerId)], ct);
        var served = book.CompletedRuns;
        var order = Allotment.InOrder(book.People.Select(who => new Claim(who, served[who], book.LoadOf(who))), release.Seed);
        var got = new Dictionary<VolunteerId, (AllottedAs How, PostId? Post)>();
        // Who could not be taken because of who was on the shift by then is looked at once more when all were served.
        for (var pass = 0; pass < 2; pass++)
            foreach (var (claim, _) in order.Where(o => !got.TryGetValue(o.Claim.VolunteerId, out var before) || before.How == AllottedAs.NotEligible))
                got[claim.VolunteerId] = Serve(work, run, book, claim.VolunteerId, release.Interests.First(i => i.VolunteerId == claim.VolunteerId).Posts, experience);
        var results = new List<Allotted>();
        foreach (var (place, (claim, draw)) in order.Index())
        {
            var (how, post) = got[claim.VolunteerId];
            results.Add(new(claim.VolunteerId, place + 1, claim.CompletedRuns == 0, (int)claim.Load.TotalMinutes, draw, how, post));
            if (how == AllottedAs.Waits) work.Db.WaitList.Add(new Waiting(run.Id, post!.Value, claim.VolunteerId, work.Now));
            if (how != AllottedAs.Seat) work.Db.Notices.Add(work.NoticeFor(NoticeKind.NotAllotted, claim.VolunteerId, run, post));
        }

        release.Close(results, work.Now);
        // What is left goes to who comes first; who waits comes before.
        run.OpenTo(SignUp.Open, work.Now);
    }

    /// <summary>Gives a person the first of their posts that has room and that the rules allow.</summary>
    private static (AllottedAs How, PostId? Post) Serve(
        HubTransaction work, ServiceRun run, CandidateBook book, VolunteerId who, IReadOnlyList<PostId> wishes, CrewExperience experience)
    {
        PostId? full = null;
        foreach (var wish in wishes)
        {
            if (run.Find(wish) is not var (shift, post) || book.Of(who, shift.Slot) is not { } facts) continue;
            var taken = run.TakeSeat(wish, facts, AssignmentOrigin.FairRelease, Actor.System.Id, work.Now, work.Community, experience);
            if (!taken.Refused)
            {
                book.Give(who, new Commitment(run.Id, run.Title, "", shift.Slot, run.SiteId));
                return (AllottedAs.Seat, wish);
            }

            if (taken.Refusal is AlreadyOnShift) return (AllottedAs.Seat, wish);
            // Only who could take it waits for it.
            if (taken.Refusal is PostIsFull && run.JudgeSignUp(shift, post, facts, work.Community, experience).IsEligible) full ??= wish;
        }

        return full is null ? (AllottedAs.NotEligible, wishes.Count > 0 ? wishes[0] : null) : (AllottedAs.Waits, full);
    }
}
