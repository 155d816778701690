using VolunteerHub.Domain.Attendances;
using VolunteerHub.Domain.Rosters;
using VolunteerHub.Domain.Rosters.Eligibility;
using VolunteerHub.Domain.Runs;
using VolunteerHub.Domain.Volunteers;

namespace VolunteerHub.Web.Features.Administration.Demo;

/// <summary>How willingly people answer: shares of all who were asked; the rest keep silent.</summary>
internal readonly record struct DemoMood(double Yes, double No);

/// <summary>Plans runs and puts people on them, by the domain's own verbs: what no leader could do is not in the demo either.</summary>
internal sealed class DemoRosters(DemoData data, DemoCast cast, Random random)
{
    private const int NearDays = 10;
    private const int QuietFrom = 21;
    private const int QuietTo = 8;

    /// <summary>The draft of a run.</summary>
    public ServiceRun Plan(DemoTemplate template, IReadOnlyList<TimeSlot> slots)
    {
        var posts = template.Posts.Select(p => new PostPlan(
            null, p.Name, p.Min, p.Max, p.IsLead, p.Qualification, p.Language, p.CoTeam is { } co ? cast.Team(co).Id : null)).ToList();
        return Done(ServiceRun.Plan(
            new RunPlan(
                template.Title, template.Line, template.Helps, cast.Team(template.Team).Id,
                [.. posts.Select(p => p.CoTeamId).OfType<TeamId>().Distinct()], cast.Site(template.Site).Id,
                template.MeetAt, template.Bring, [.. slots.Select(slot => new ShiftPlan(null, slot, posts))]),
            CheckInCode.NewTag()));
    }

    /// <summary>Puts people on the posts, specialists first.</summary>
    /// <param name="run">The run.</param>
    /// <param name="template">Whose regulars come first.</param>
    /// <param name="at">When the leader does it.</param>
    /// <param name="heads">How many heads a post gets.</param>
    public void Fill(ServiceRun run, DemoTemplate template, DateTimeOffset at, Func<Post, int> heads)
    {
        foreach (var (shift, post) in run.Posts.OrderBy(p => p.Shift.Start).ThenBy(p => p.Post.Qualification is null).ThenBy(p => !p.Post.IsLead).ToList())
        {
            var wanted = heads(post);
            while (run.Heads(post) < wanted && Choose(run, shift, post, template) is { } who)
            {
                if (!who.Freely && run.Heads(post) >= post.Min) break;
                Put(run, shift, post, who.Person, who.Freely, at);
            }
        }
    }

    /// <summary>Puts the named people on the posts.</summary>
    public void Fill(ServiceRun run, IReadOnlyDictionary<string, IReadOnlyList<string>> seats, DateTimeOffset at)
    {
        foreach (var (shift, post) in run.Posts.ToList())
            foreach (var name in seats.GetValueOrDefault(post.Name, []))
                Put(run, shift, post, cast.People.First(p => p.Volunteer.Name == name), true, at);
    }

    public static void Publish(ServiceRun run, DemoCast cast, DateTimeOffset at)
    {
        var draft = run.Draft;
        Done(run.Publish(draft.Invited.Concat(draft.Removed).Select(a => a.Id).ToHashSet(), cast.PlannerOf(run.HostTeamId), at));
    }

    /// <summary>Lets those who were asked answer, as far as they would have by now; a no is followed by another who is asked.</summary>
    public void Answer(ServiceRun run, DemoTemplate template, DateTimeOffset asked, DemoMood mood)
    {
        foreach (var assignment in run.Assignments.Where(a => a.Status == AssignmentStatus.Invited).ToList())
        {
            var (at, roll) = (AnswerTime(asked), random.NextDouble());
            if (at > cast.Now || at >= assignment.Start) continue;
            if (roll < mood.Yes || (IsLead(run, assignment) && assignment.Start <= cast.Now)) Say(run, assignment, null, at);
            else if (roll < mood.Yes + mood.No && !IsLead(run, assignment))
            {
                Say(run, assignment, SomeReason(), at);
                Replace(run, template, assignment, at.AddHours(2));
            }
        }
    }

    /// <summary>One who was asked gives the seat back and nobody takes it.</summary>
    /// <returns>False where nobody who matters could have answered by now.</returns>
    public bool LoseOne(ServiceRun run, DateTimeOffset asked)
    {
        var at = asked.AddMinutes(30 + random.Next(60));
        var lost = run.Assignments.LastOrDefault(a => a.Status == AssignmentStatus.Invited && !IsLead(run, a)
            && run.Find(a.PostId) is var (_, post) && post.Min > 0 && run.Heads(post) <= post.Min);
        if (lost is null || at > cast.Now || at >= lost.Start) return false;
        Say(run, lost, SomeReason(), at);
        return true;
    }

    /// <summary>A yes, or a no with its reason.</summary>
    public void Say(ServiceRun run, Assignment assignment, string? no, DateTimeOffset at)
    {
        var who = cast[assignment.VolunteerId];
        Done(run.Answer(assignment.Id, no is null, no, who.Id, byLeader: false, at, cast.Community.Duty, who.Commitments));
        if (no is not null) who.Commitments.RemoveAll(c => c.RunId == run.Id && c.Slot == assignment.Slot);
    }

    public VolunteerId LeadOf(ServiceRun run) =>
        run.Assignments.Where(a => a.Status == AssignmentStatus.Accepted && IsLead(run, a)).Select(a => a.VolunteerId)
            .FirstOrDefault(cast.PlannerOf(run.HostTeamId));

    /// <summary>What a verb of the domain did; a refusal means that the demo asks for something it must not.</summary>
    public static T Done<T>(Outcome<T> outcome) =>
        outcome.Refused ? throw new InvalidOperationException($"The demo was refused: {outcome.Refusal}") : outcome.Value;

    /// <inheritdoc cref="Done{T}(Outcome{T})"/>
    public static void Done(Outcome outcome)
    {
        if (outcome.Refused) throw new InvalidOperationException($"The demo was refused: {outcome.Refusal}");
    }

    private static bool IsLead(ServiceRun run, Assignment assignment) => run.Find(assignment.PostId)?.Post.IsLead == true;

    private void Replace(ServiceRun run, DemoTemplate template, Assignment gone, DateTimeOffset at)
    {
        if (at.AddHours(1) > cast.Now || at.AddHours(3) >= gone.Start || run.Find(gone.PostId) is not var (shift, post)) return;
        if (run.Heads(post) >= post.Min || Choose(run, shift, post, template) is not { Freely: true } next) return;
        var put = Put(run, shift, post, next.Person, true, at);
        Publish(run, cast, at.AddMinutes(2));
        Say(run, put, null, at.AddHours(1));
    }

    private Assignment Put(ServiceRun run, Shift shift, Post post, DemoPerson who, bool freely, DateTimeOffset at)
    {
        var put = Done(run.Assign(
            post.Id, who.On(cast.DayOf(shift.Start)), random.NextDouble() < 0.15 ? AssignmentOrigin.SignUp : AssignmentOrigin.Leader,
            freely ? null : data.ReasonToAskAnyway, cast.PlannerOf(run.HostTeamId), at, cast.Community, CrewExperience.Unknown));
        who.Commitments.Add(new Commitment(run.Id, run.Title, cast.Team(run.HostTeamId).Name, shift.Slot, run.SiteId));
        return put;
    }

    /// <summary>The next best person for a seat: no hard rule against it, and not asked for this run before.</summary>
    private (DemoPerson Person, bool Freely)? Choose(ServiceRun run, Shift shift, Post post, DemoTemplate template)
    {
        var seat = run.OpeningOf(shift, post, cast.Zone);
        var asked = run.Assignments.Select(a => a.VolunteerId).ToHashSet();
        var best = cast.People
            .Where(p => !asked.Contains(p.Id) && MayFill(p, seat))
            .Select(p => (Person: p, EligibilityRules.Judge(p.On(seat.Day), seat, EligibilityRules.ForRoster).Against))
            .Where(c => c.Against.All(o => o is NotAvailable))
            .OrderBy(c => Distance(c.Person, seat, post, template) + (c.Against.Count > 0 ? 1000 : 0))
            .FirstOrDefault();
        return best.Person is null ? null : (best.Person, best.Against.Count == 0);
    }

    /// <summary>Guests come for what they are qualified for; everybody else for their team.</summary>
    private static bool MayFill(DemoPerson who, Opening seat) => who.Volunteer.Kind == VolunteerKind.Guest
        ? seat.Qualification is { } kind && who.Volunteer.Qualifications.Any(q => q.Kind == kind)
        : who.Memberships.Any(m => m.TeamId == seat.TeamId);

    /// <summary>How far a person is from being asked: regulars are near, who served lately is farther, as is who has duty that day.</summary>
    private int Distance(DemoPerson who, Opening seat, Post post, DemoTemplate template)
    {
        var distance = random.Next(40);
        foreach (var days in who.Commitments.Select(c => Math.Abs((c.Slot.Start - seat.Slot.Start).TotalDays)))
            distance += days < 0.5 ? 300 : days < NearDays ? 20 : 0;
        if (template.IsRegular(who.Volunteer.Name)) distance -= 60;
        var leads = who.Leads(seat.TeamId, seat.Day) || template.Regulars?[0] == who.Volunteer.Name;
        if (post.IsLead != leads) distance += post.IsLead ? 120 : 80;
        if (post.Qualification is null && who.Volunteer.Qualifications.Count > 0) distance += 50;
        return who.Volunteer.Kind == VolunteerKind.Guest ? distance + 30 : distance;
    }

    /// <summary>Some time in the three days after being asked, not at night.</summary>
    private DateTimeOffset AnswerTime(DateTimeOffset asked)
    {
        var at = cast.At(cast.DayOf(asked).AddDays(random.Next(4)), new TimeOnly(random.Next(QuietTo, QuietFrom), random.Next(60), random.Next(60)));
        return at > asked ? at : asked.AddMinutes(5 + random.Next(60));
    }

    private string SomeReason() => data.DeclineReasons[random.Next(data.DeclineReasons.Count)];
}
