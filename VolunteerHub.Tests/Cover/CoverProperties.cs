using CsCheck;
using Microsoft.EntityFrameworkCore;
using VolunteerHub.Domain.Common;
using VolunteerHub.Domain.Notices;
using VolunteerHub.Domain.Rosters;
using VolunteerHub.Domain.Rosters.Cover;
using VolunteerHub.Domain.Teams;
using VolunteerHub.Domain.Volunteers;
using VolunteerHub.Tests.Support;
using VolunteerHub.Web.Features.Cover;
using VolunteerHub.Web.Features.MyDuties;
using VolunteerHub.Web.Features.Notices;
using VolunteerHub.Web.Features.Planner;
using VolunteerHub.Web.Features.Rosters;
using VolunteerHub.Web.Features.SignUps;
using VolunteerHub.Web.Platform.Identity;

namespace VolunteerHub.Tests.Cover;

/// <summary>
/// Whatever leaders and volunteers do with a roster, in whatever order, and whenever the machine follows it up: a seat is never held by
/// two, nobody loses a seat without being told, and every asking ends.
/// </summary>
public sealed class CoverProperties
{
    private static readonly NoticeKind[] TellsOfALoss = [NoticeKind.TakenOff, NoticeKind.RunCancelled, NoticeKind.StandInFound, NoticeKind.OfferLapsed];

    private static readonly Gen<Command[]> Commands = Gen.Select(
        Gen.OneOf(
            Verb.Assign, Verb.Assign, Verb.Publish, Verb.Publish, Verb.Remove, Verb.Keep, Verb.Yes, Verb.Yes, Verb.No, Verb.No, Verb.Seek, Verb.Seek, Verb.Seek, Verb.StandIn, Verb.StandIn, Verb.StandIn, Verb.Start, Verb.Next, Verb.Stop,
            Verb.AskedYes, Verb.AskedYes, Verb.AskedNo, Verb.Wait, Verb.Wait, Verb.Later, Verb.Later, Verb.Settle, Verb.Settle, Verb.Settle, Verb.Tell, Verb.SignUp, Verb.SignUp, Verb.SignUp, Verb.Move, Verb.Cancel),
        Gen.Int[0, 4], Gen.Int[0, 9], (verb, who, pick) => new Command(verb, who, pick)).Array[15, 45];

    /// <summary>Comes to each verb at least once, which chance alone does not always.</summary>
    private static readonly Command[] Everything =
    [
        new(Verb.Assign, 2, 0), new(Verb.Publish, 0, 0), new(Verb.Yes, 0, 0), new(Verb.Remove, 0, 0), new(Verb.Keep, 0, 0), new(Verb.No, 0, 1),
        new(Verb.Seek, 0, 0), new(Verb.StandIn, 3, 0), new(Verb.Tell, 0, 0), new(Verb.Start, 0, 1), new(Verb.AskedNo, 0, 0), new(Verb.Next, 0, 0),
        new(Verb.AskedYes, 0, 0), new(Verb.Seek, 0, 0), new(Verb.Start, 0, 0), new(Verb.Stop, 0, 0), new(Verb.Remove, 0, 0), new(Verb.Publish, 0, 0),
        new(Verb.SignUp, 4, 0), new(Verb.Wait, 1, 0), new(Verb.Later, 0, 0), new(Verb.Settle, 0, 0), new(Verb.Move, 0, 0), new(Verb.Cancel, 0, 0),
    ];

    private enum Verb
    {
        Assign,
        Publish,
        Remove,
        Keep,
        Yes,
        No,
        Seek,
        StandIn,
        Start,
        Next,
        Stop,
        AskedYes,
        AskedNo,
        Wait,
        Later,
        Settle,

        /// <summary>The leader pastes what waits.</summary>
        Tell,
        SignUp,
        Move,
        Cancel,
    }

    [Fact]
    public async Task A_seat_is_never_held_by_two_nobody_loses_one_untold_and_every_ladder_ends()
    {
        await using var hub = await TestHub.CreateAsync();
        var health = await hub.TeamAsync("health");
        var leader = hub.ActorOf(await hub.VolunteerAsync("王芳", health, TeamRole.Leader));
        var done = new int[Enum.GetValues<Verb>().Length];
        var (ladders, offers, losses) = (0, 0, 0);
        await FollowAsync(Everything);
        await Commands.SampleAsync(FollowAsync, iter: 40, threads: 1, print: commands => string.Join("\n", commands.AsEnumerable()));
        Assert.All(Enum.GetValues<Verb>(), verb => Assert.True(done[(int)verb] > 0, $"{verb} was never done."));
        Assert.True(ladders > 20 && offers > 3 && losses > 20, $"{ladders} ladders, {offers} offers, {losses} losses: too few to prove anything.");

        async Task FollowAsync(Command[] commands)
        {
            var world = await World.OnAsync(hub, health, leader);
            foreach (var command in commands)
            {
                if (await world.DoAsync(command) is { Refused: false }) done[(int)command.Verb]++;
                await world.HoldsAsync(command);
            }

            var (l, o, s) = await world.EndsAsync();
            (ladders, offers, losses) = (ladders + l, offers + o, losses + s);
        }
    }

    private sealed record Command(Verb Verb, int Who, int Pick);

    /// <summary>New people and a new run, two days ahead, for each sequence.</summary>
    private sealed class World(TestHub hub, Actor leader, Volunteer[] people, RunId run)
    {
        private readonly HashSet<AssignmentId> _published = [];

        public static async Task<World> OnAsync(TestHub hub, Team health, Actor leader)
        {
            var people = new Volunteer[5];
            for (var i = 0; i < people.Length; i++) people[i] = await hub.VolunteerAsync("志愿者" + i, health);
            var run = await hub.RunAsync(new RunSketch(health, new PostSketch("引导", people[0]) { Max = 2 }, new PostSketch("收尾", people[1]) { Max = 1 }) { Day = hub.Today.AddDays(2), Title = $"义诊 {hub.Today}" });
            return new(hub, leader, people, run.Id);
        }

        public async Task<Outcome?> DoAsync(Command command)
        {
            var who = people[command.Who];
            var now = await hub.LoadAsync(run);
            var posts = now.Posts.Select(p => p.Post).ToList();
            var post = posts[command.Pick % posts.Count];
            var ladders = await hub.LookAsync(db => db.CoverLadders.Include(l => l.Asks).Where(l => l.RunId == run).OrderBy(l => l.StartedAt).ToListAsync());
            var ladder = ladders.Count == 0 ? null : ladders[^(1 + command.Pick % ladders.Count)];
            // Mostly a seat to which the verb can be said; sometimes any.
            var fitting = now.Assignments.Where(a => command.Verb switch
            {
                Verb.Keep => a.LeavesWithDraft,
                Verb.Remove => a.Holds && !a.LeavesWithDraft,
                Verb.Yes => a.Status is AssignmentStatus.Invited or AssignmentStatus.Declined or AssignmentStatus.CoverSought,
                Verb.No => a.IsPublished,
                Verb.Seek => a.Status == AssignmentStatus.Accepted,
                Verb.StandIn or Verb.Start => a.Status == AssignmentStatus.CoverSought,
                _ => true,
            }).ToList();
            var seats = fitting.Count > 0 && command.Pick != 9 ? fitting : [.. now.Assignments];
            var seat = seats.Count == 0 ? null : seats[command.Pick % seats.Count];
            var asks = ladders.SelectMany(l => l.Asks).Where(a => command.Pick == 9 || a.Status == CoverAskStatus.Waiting).ToList();
            return command.Verb switch
            {
                Verb.Assign => await hub.Get<AssignVolunteer>().RunAsync(leader, run, post.Id, who.Id, "人手不够"),
                Verb.Publish => await hub.PublishAsync(leader, run, now.DraftIds()),
                Verb.Remove when seat is not null => await hub.Get<RemoveFromRoster>().RunAsync(leader, run, seat.Id),
                Verb.Keep when seat is not null => await hub.Get<RemoveFromRoster>().RunAsync(leader, run, seat.Id, keep: true),
                Verb.Yes when seat is not null => await hub.Get<AnswerInvitation>().RunAsync(Owner(seat), seat.Id, true, null),
                Verb.No when seat is not null => command.Pick % 2 == 0
                    ? await hub.Get<AnswerInvitation>().RunAsync(Owner(seat), seat.Id, false, "出差")
                    : await hub.Get<AnswerForVolunteer>().RunAsync(leader, run, seat.Id, false, "来电说来不了"),
                Verb.Seek when seat is not null => await hub.Get<SeekCoverForVolunteer>().RunAsync(leader, run, seat.Id, "家里有事"),
                Verb.StandIn when seat is not null => await hub.Get<PutStandIn>().RunAsync(leader, run, seat.Id, who.Id, "说好了"),
                Verb.Start => await hub.Get<StartLadder>().RunAsync(leader, run, seat?.PostId ?? post.Id, seat is { Status: AssignmentStatus.CoverSought } ? seat.Id : null),
                Verb.Next when ladder is not null => await hub.Get<AskNextNow>().RunAsync(leader, ladder.Id),
                Verb.Stop when ladder is not null => await hub.Get<StopLadder>().RunAsync(leader, ladder.Id),
                Verb.AskedYes when asks.Count > 0 => await hub.Get<AnswerAskForVolunteer>().RunAsync(leader, asks[command.Pick % asks.Count].Id, true),
                Verb.AskedNo when asks.Count > 0 => await hub.Get<AnswerAskForVolunteer>().RunAsync(leader, asks[command.Pick % asks.Count].Id, false),
                Verb.Wait => await WaitAsync(post.Id, who.Id),
                Verb.Later => Later(command.Pick),
                Verb.Settle => await SettleAsync(),
                Verb.Tell => await TellAsync(),
                Verb.SignUp => await hub.Get<SignUpForPost>().RunAsync(hub.ActorOf(who), post.Id),
                Verb.Move => await hub.Get<RescheduleRun>().RunAsync(leader, run, now.StartsAt.AddMinutes(30), now.PlanVersion),
                // Not so often that nothing else happens.
                Verb.Cancel when command.Pick <= 1 => await hub.Get<CancelRun>().RunAsync(leader, run, "下雨"),
                _ => (Outcome?)null,
            };
        }

        public async Task HoldsAsync(Command after)
        {
            var now = await hub.LoadAsync(run);
            foreach (var (shift, post) in now.Posts)
            {
                // Both the roster that everybody sees, on which whoever leaves with the draft still is, and the one that the draft makes.
                Assert.True(now.Assignments.Count(a => a.IsPublished && a.PostId == post.Id) <= post.Max, $"{post.Name} is held by too many after {after}.");
                Assert.True(now.Assignments.Count(a => a.Holds && !a.LeavesWithDraft && a.PostId == post.Id) <= post.Max, $"{post.Name} will be held by too many after {after}.");
            }

            foreach (var held in now.Assignments.Where(a => a.Holds).GroupBy(a => (a.ShiftId, a.VolunteerId)))
                Assert.True(held.Count() == 1, $"Somebody holds two seats of one shift after {after}.");
            _published.UnionWith(now.Assignments.Where(a => a.IsPublished).Select(a => a.Id));
            foreach (var lost in now.Assignments.Where(a => !a.IsPublished && _published.Contains(a.Id)))
                Assert.True(await WasToldAsync(lost), $"{lost.Status} after {after}, and the person does not know.");
        }

        /// <summary>With the duty everything ends.</summary>
        public async Task<(int Ladders, int Offers, int Losses)> EndsAsync()
        {
            var now = await hub.LoadAsync(run);
            hub.GoTo(now.EndsAt.AddMinutes(1));
            await SettleAsync();
            var ladders = await hub.LookAsync(db => db.CoverLadders.Include(l => l.Asks).Where(l => l.RunId == run).ToListAsync());
            Assert.All(ladders, l => Assert.False(l.IsAsking));
            Assert.DoesNotContain(ladders.SelectMany(l => l.Asks), a => a.Status == CoverAskStatus.Waiting);
            Assert.All(ladders, l => Assert.True(l.Asks.Select(a => a.VolunteerId).Distinct().Count() == l.Asks.Count, "Somebody was asked twice."));
            var places = await hub.LookAsync(db => db.WaitList.Where(w => w.RunId == run).ToListAsync());
            Assert.DoesNotContain(places, w => w.IsWaiting);
            return (ladders.Count, places.Count(w => w.Status == WaitingStatus.Offered), now.Assignments.Count(a => !a.IsPublished && _published.Contains(a.Id)));
        }

        private async Task<bool> WasToldAsync(Assignment lost) =>
            Loss(lost).By == lost.VolunteerId
            || await hub.LookAsync(db => db.Notices.AnyAsync(n => n.VolunteerId == lost.VolunteerId && n.AssignmentId == lost.Id && TellsOfALoss.Contains(n.Kind)));

        /// <summary>The step by which the seat was lost last: a no that cannot turn into a yes any more was lost with the no.</summary>
        private static AssignmentChange Loss(Assignment lost) =>
            lost.History.Zip(lost.History.Skip(1)).Last(step => Assignment.OnPublishedRoster(step.First.Status) && !Assignment.OnPublishedRoster(step.Second.Status)).Second;

        private async Task<Outcome?> WaitAsync(PostId post, VolunteerId who)
        {
            if (await hub.LookAsync(db => db.WaitList.AnyAsync(w => w.PostId == post && w.VolunteerId == who && w.Status == WaitingStatus.Waiting))) return null;
            await hub.ChangeAsync(db => db.WaitList.Add(new Waiting(run, post, who, hub.Now)));
            return Outcome.Done;
        }

        private Outcome Later(int pick)
        {
            hub.Clock.Advance(TimeSpan.FromMinutes(30 + pick * 40));
            return Outcome.Done;
        }

        private async Task<Outcome?> SettleAsync()
        {
            await hub.Get<SettleRosters>().WorkAsync(default);
            await hub.Get<RemindPeople>().WorkAsync(default);
            return Outcome.Done;
        }

        private async Task<Outcome?> TellAsync()
        {
            await hub.WorkAsync<GatherNotices>();
            await hub.ChangeAsync(db =>
            {
                foreach (var message in db.Messages.Where(m => m.Status == MessageStatus.Waiting)) message.Sent(hub.Now, leader.Id);
            });
            return Outcome.Done;
        }

        private static Actor Owner(Assignment seat) => new(seat.VolunteerId, null, Via.InvitationLink);
    }
}
