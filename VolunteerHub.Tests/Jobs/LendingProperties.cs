using CsCheck;
using Microsoft.EntityFrameworkCore;
using VolunteerHub.Domain.Common;
using VolunteerHub.Domain.Rosters;
using VolunteerHub.Domain.Runs;
using VolunteerHub.Domain.Teams;
using VolunteerHub.Domain.Volunteers;
using VolunteerHub.Tests.Support;
using VolunteerHub.Web.Features.MyDuties;
using VolunteerHub.Web.Features.Planner;
using VolunteerHub.Web.Features.Rosters;
using VolunteerHub.Web.Features.Teams;
using VolunteerHub.Web.Platform.Identity;

namespace VolunteerHub.Tests.Jobs;

/// <summary>Whatever leaders of two teams and their people do, every seat is held by a member, a guest, or somebody who is lent for it.</summary>
public sealed class LendingProperties
{
    private static readonly Gen<Command[]> Commands = Gen.Select(
        Gen.OneOf(
            Verb.Ask, Verb.Ask, Verb.Offer, Verb.Grant, Verb.Grant, Verb.Refuse, Verb.TakeBack, Verb.TakeBack, Verb.Assign, Verb.Assign, Verb.Assign, Verb.Remove, Verb.Remove,
            Verb.Keep, Verb.Keep, Verb.Publish, Verb.Publish, Verb.Yes, Verb.Yes, Verb.No, Verb.No, Verb.EndMembership, Verb.Join, Verb.GiveOver),
        Gen.Int[0, 3], Gen.Int[0, 9], Gen.Bool, (verb, who, pick, flag) => new Command(verb, who, pick, flag)).Array[12, 40];

    /// <summary>Comes to each verb at least once, which chance alone does not always.</summary>
    private static readonly Command[] Everything =
    [
        new(Verb.Ask, 0, 0, false), new(Verb.Grant, 0, 0, false), new(Verb.Assign, 0, 0, false), new(Verb.Assign, 3, 1, false), new(Verb.Publish, 0, 0, false),
        new(Verb.Yes, 0, 0, false), new(Verb.No, 0, 1, false), new(Verb.Remove, 0, 0, false), new(Verb.Keep, 0, 0, false), new(Verb.Ask, 1, 0, false),
        new(Verb.Refuse, 1, 0, false), new(Verb.Offer, 1, 0, false), new(Verb.TakeBack, 0, 0, true), new(Verb.Join, 2, 0, false), new(Verb.EndMembership, 1, 0, false),
        new(Verb.GiveOver, 0, 1, true),
    ];

    private enum Verb
    {
        Ask,
        Offer,
        Grant,
        Refuse,
        TakeBack,
        Assign,
        Remove,
        Keep,
        Publish,
        Yes,
        No,
        EndMembership,
        Join,
        GiveOver,
    }

    [Fact]
    public async Task Every_held_seat_is_filled_by_a_member_a_guest_or_somebody_who_is_lent()
    {
        await using var hub = await TestHub.CreateAsync();
        var stage = await Stage.OnAsync(hub);
        var done = new int[Enum.GetValues<Verb>().Length];
        await FollowAsync(Everything);
        await Commands.SampleAsync(FollowAsync, iter: 40, threads: 1, print: commands => string.Join("\n", commands.AsEnumerable()));
        Assert.All(Enum.GetValues<Verb>(), verb => Assert.True(done[(int)verb] > 0, $"{verb} was never done."));

        async Task FollowAsync(Command[] commands)
        {
            var world = await World.OnAsync(stage);
            foreach (var command in commands)
            {
                if (await world.DoAsync(command) is { Refused: false }) done[(int)command.Verb]++;
                await world.HoldsAsync(command);
            }
        }
    }

    private sealed record Command(Verb Verb, int Who, int Pick, bool Flag);

    private sealed record Stage(TestHub Hub, Team Health, Team Care, Actor Coordinator, Actor Borrowing, Actor Home)
    {
        public static async Task<Stage> OnAsync(TestHub hub)
        {
            var (health, care) = (await hub.TeamAsync("health"), await hub.TeamAsync("care"));
            return new(hub, health, care, await hub.CoordinatorAsync(), hub.ActorOf(await hub.VolunteerAsync("王芳", health, TeamRole.Leader)), hub.ActorOf(await hub.VolunteerAsync("吴爱", care, TeamRole.Leader)));
        }
    }

    /// <summary>New people and a new run for each sequence: two members of the care team, one of the health team, one guest.</summary>
    private sealed class World(Stage stage, Volunteer[] people, RunId run)
    {
        private TestHub Hub => stage.Hub;

        public static async Task<World> OnAsync(Stage stage)
        {
            var hub = stage.Hub;
            Volunteer[] people =
            [
                await hub.VolunteerAsync("何琳", stage.Care), await hub.VolunteerAsync("苏阳", stage.Care), await hub.VolunteerAsync("李娜", stage.Health), await hub.VolunteerAsync("马警官", kind: VolunteerKind.Guest),
            ];
            var run = await hub.RunAsync(new RunSketch(stage.Health, new PostSketch("引导") { Max = 2 }, new PostSketch("收尾") { Max = 2 }) { Day = hub.Today.AddDays(3), CoTeams = [stage.Care] });
            return new(stage, people, run.Id);
        }

        public async Task<Outcome?> DoAsync(Command command)
        {
            var who = people[command.Who];
            var now = await Hub.LoadAsync(run);
            var posts = now.Posts.Select(p => p.Post).ToList();
            var post = posts[command.Pick % posts.Count].Id;
            var lendings = await Hub.LookAsync(db => db.Lendings.Where(l => l.RunId == run).OrderBy(l => l.Id).Select(l => l.Id).ToListAsync());
            var lending = lendings.Count == 0 ? default : lendings[^(1 + command.Pick % lendings.Count)];
            // Mostly a seat to which the verb can be said; sometimes any.
            var fitting = now.Assignments.Where(a => command.Verb switch
            {
                Verb.Keep => a.LeavesWithDraft,
                Verb.Remove => a.Holds && !a.LeavesWithDraft,
                Verb.Yes => a.Status is AssignmentStatus.Invited or AssignmentStatus.Declined,
                Verb.No => a.IsPublished,
                _ => true,
            }).ToList();
            var seats = fitting.Count > 0 && command.Pick != 9 ? fitting : [.. now.Assignments];
            var seat = seats.Count == 0 ? null : seats[command.Pick % seats.Count];
            var membership = await Hub.LookAsync(db => db.Memberships.Where(m => m.VolunteerId == who.Id).OrderByDescending(m => m.Id).FirstOrDefaultAsync());
            return command.Verb switch
            {
                Verb.Ask => await Hub.Get<AskForMember>().RunAsync(stage.Borrowing, run, post, stage.Care.Id, who.Id, null),
                Verb.Offer => await Hub.Get<OfferMember>().RunAsync(stage.Home, stage.Care.Id, run, stage.Health.Id, who.Id, null),
                Verb.Grant when lendings.Count > 0 => await Hub.Get<AnswerLending>().RunAsync(stage.Home, lending, true, null),
                Verb.Refuse when lendings.Count > 0 => await Hub.Get<AnswerLending>().RunAsync(stage.Home, lending, false, "没空"),
                Verb.TakeBack when lendings.Count > 0 => await Hub.Get<TakeBackLending>().RunAsync(command.Flag ? stage.Home : stage.Borrowing, lending),
                Verb.Assign => await Hub.Get<AssignVolunteer>().RunAsync(stage.Borrowing, run, post, who.Id, "人手不够"),
                Verb.Remove when seat is not null => await Hub.Get<RemoveFromRoster>().RunAsync(stage.Borrowing, run, seat.Id),
                Verb.Keep when seat is not null => await Hub.Get<RemoveFromRoster>().RunAsync(stage.Borrowing, run, seat.Id, keep: true),
                Verb.Publish => await Hub.PublishAsync(stage.Borrowing, run, now.DraftIds()),
                Verb.Yes when seat is not null => await Hub.Get<AnswerInvitation>().RunAsync(Owner(seat), seat.Id, true, null),
                Verb.No when seat is not null => await Hub.Get<AnswerInvitation>().RunAsync(Owner(seat), seat.Id, false, "出差"),
                Verb.EndMembership when membership is not null => await Hub.Get<EndMembership>().RunAsync(stage.Coordinator, membership.Id, Hub.Today.AddDays(command.Pick % 5)),
                Verb.Join => await Hub.Get<AddMember>().RunAsync(stage.Coordinator, command.Flag ? stage.Health.Id : stage.Care.Id, who.Id, ""),
                // A post goes over to the co-team, or comes back.
                Verb.GiveOver => (await Hub.Get<PlanRun>().RunAsync(
                    stage.Coordinator, run, now.AsPlan().Changing(posts[command.Pick % posts.Count].Name, p => p with { CoTeamId = command.Flag ? stage.Care.Id : null }), now.PlanVersion)).WithoutValue,
                _ => (Outcome?)null,
            };
        }

        /// <summary>Asked anew here, of what is stored.</summary>
        public async Task HoldsAsync(Command after)
        {
            var now = await Hub.LoadAsync(run);
            foreach (var seat in now.Assignments.Where(a => a.Holds))
            {
                var team = now.TeamFor(now.Find(seat.PostId)!.Value.Post);
                var day = TestHub.DayOf(seat.Start);
                var who = people.Single(p => p.Id == seat.VolunteerId);
                var memberships = await Hub.LookAsync(db => db.Memberships.Where(m => m.VolunteerId == who.Id && m.TeamId == team).ToListAsync());
                var member = memberships.Exists(m => m.InForceOn(day));
                var lent = await Hub.LookAsync(db => db.Lendings.AnyAsync(l => l.RunId == run && l.VolunteerId == who.Id && l.BorrowerTeamId == team && l.Status == LendingStatus.Granted));
                Assert.True(member || lent || who.Kind == VolunteerKind.Guest, $"After {after} {who.Name} holds a seat and is neither member, guest nor lent.");
            }
        }

        private Actor Owner(Assignment seat) => Hub.ActorOf(people.Single(p => p.Id == seat.VolunteerId));
    }
}
