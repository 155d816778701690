using VolunteerHub.Domain.Calendar;
using VolunteerHub.Domain.Communities;
using VolunteerHub.Domain.Rosters;
using VolunteerHub.Domain.Rosters.Eligibility;
using VolunteerHub.Domain.Runs;
using VolunteerHub.Domain.Volunteers;

namespace VolunteerHub.Domain.Scheduling.Proposals;

/// <summary>What is known of the people and duties around a proposal.</summary>
/// <param name="People">Everybody who may be asked, or is on duty.</param>
/// <param name="At">A person as the rules see them at a time.</param>
/// <param name="Duties">All duty of a person that touches the weeks of the proposal, in whichever team.</param>
/// <param name="DutiesBefore">How many duties a person had in the fairness window before now.</param>
/// <param name="Experience">How often each has served.</param>
public sealed record ProposalFacts(
    IReadOnlyCollection<VolunteerId> People,
    Func<VolunteerId, TimeSlot, Candidate?> At,
    Func<VolunteerId, IReadOnlyList<Commitment>> Duties,
    Func<VolunteerId, int> DutiesBefore,
    CrewExperience Experience);

/// <summary>
/// Runs and people as a problem for the engine, and its answer as changes of rosters. Rules about one person and one seat alone
/// decide who is a candidate; rules about a person's other duty and about a shift as a whole are the engine's. Soft rules bind it
/// like hard ones: only a leader sets them aside.
/// </summary>
public sealed class ProposalProblem
{
    private const int Fairness = 4;
    private const int ChangePenalty = 6;
    private const int MinutesOfDay = 1440;
    private const int LeadWeight = 40;
    private const int QualifiedWeight = 30;
    private const int LeastWeight = 20;
    private const int FurtherWeight = 1;

    private readonly IReadOnlyList<ServiceRun> _runs;
    private readonly ProposalFacts _facts;
    private readonly Community _community;
    private readonly Func<ServiceRun, Post, bool> _mayFill;
    private readonly Func<Assignment, bool> _mayMove;
    private readonly DateTimeOffset _now;
    private readonly PostId? _hole;
    private readonly DateTime _midnight;
    private readonly List<RosterShift> _shifts = [];
    private readonly List<RosterSeat> _seats = [];
    private readonly List<RosterCandidate> _candidates = [];
    private readonly List<RosterPair> _pinned = [];
    private readonly List<RosterPair> _previous = [];
    private readonly Dictionary<VolunteerId, int> _people = [];
    private readonly List<VolunteerId> _ids = [];
    private readonly Dictionary<SiteId, int> _sites = [];
    private readonly Dictionary<(RunId, TimeSlot), int> _outside = [];
    private readonly Dictionary<int, Place> _posts = [];
    private readonly ILookup<VolunteerId, TimeSlot> _declined;
    private readonly HashSet<(RunId, VolunteerId, TimeSlot)> _inside = [];

    /// <param name="runs">The runs, with their rosters.</param>
    /// <param name="facts">People and duties.</param>
    /// <param name="community">Limits and zone.</param>
    /// <param name="options">What may be done.</param>
    /// <param name="mayFill">Whether who asks may put people on a post.</param>
    /// <param name="now">Shifts that have begun are left alone.</param>
    /// <param name="hole">A post that is to be filled alone, by the smallest change; null proposes for all of them.</param>
    public ProposalProblem(
        IReadOnlyList<ServiceRun> runs, ProposalFacts facts, Community community, ProposalOptions options, Func<ServiceRun, Post, bool> mayFill, DateTimeOffset now, PostId? hole = null)
    {
        (_runs, _facts, _community, _mayFill, _now, _hole) = (runs, facts, community, mayFill, now, hole);
        _mayMove = a => a.Start > now && a.Origin != AssignmentOrigin.WalkIn && a.Status switch
        {
            AssignmentStatus.Proposed => a.MayBeMoved,
            // To fill one hole, people who were told may move too: the leader sees whom, before anything is done.
            AssignmentStatus.Invited => options.FreesUnanswered || hole is not null,
            AssignmentStatus.Accepted => hole is not null,
            _ => false,
        };
        var first = runs.Count == 0 ? now : runs.Min(r => r.StartsAt);
        _midnight = Week.MondayOf(DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(first, community.Zone).DateTime)).AddDays(-1).ToDateTime(TimeOnly.MinValue);
        _declined = runs.SelectMany(r => r.Assignments).Where(a => a.Status == AssignmentStatus.Declined).ToLookup(a => a.VolunteerId, a => a.Slot);
        foreach (var who in facts.People) Index(who);
        foreach (var run in runs) foreach (var shift in run.Shifts) Add(run, shift, options, hole);
        foreach (var who in facts.People) AddOutside(who);
        var mixes = community.Duty.MixesExperience && facts.Experience.AnybodyExperienced;
        Problem = new RosterProblem(
            new RosterRules(community.Duty.RestHours * 60, Fairness, hole is null ? ChangePenalty : 0, community.Duty.TravelMinutes, mixes),
            [.. _ids.Select(Person)], _shifts, _seats, _candidates, _pinned, _previous);
    }

    /// <summary>The problem for the engine.</summary>
    public RosterProblem Problem { get; }

    /// <summary>An answer of the engine as the difference to what stands.</summary>
    public RosterProposal Read(RosterAnswer answer, int seed)
    {
        var after = answer.Pairs.Where(p => _posts.ContainsKey(p.Seat)).Select(p => (At: _posts[p.Seat], Who: _ids[p.Person])).ToList();
        var before = _previous.Concat(_pinned).Where(p => _posts.ContainsKey(p.Seat)).Select(p => (At: _posts[p.Seat], Who: _ids[p.Person])).ToList();
        var (off, on) = Steps(before, after);
        var gone = off.Select(Key).ToHashSet();
        after = [.. before.Where(b => !gone.Contains(Key(b))), .. on];
        // What fills one hole and opens another is no repair.
        if (_hole is not null && Stand(after).LeastFilled <= Stand(before).LeastFilled) (off, on, after) = ([], [], before);
        return new([.. off.Select(o => Change(o, added: false)), .. on.Select(a => Change(a, added: true))], Stand(before), Stand(after), seed, answer.Iterations, answer.StoppedEarly);
    }

    /// <summary>
    /// Who goes and who comes. Where a leader set the rule of mixed experience aside for somebody who stays, the engine takes that as given;
    /// a step of a proposal does not: who may not come by the rule stays away, and whoever would have made room for them stays.
    /// </summary>
    private (List<(Place At, VolunteerId Who)> Off, List<(Place At, VolunteerId Who)> On) Steps(List<(Place At, VolunteerId Who)> before, List<(Place At, VolunteerId Who)> after)
    {
        var (there, wanted) = (before.Select(Key).ToHashSet(), after.Select(Key).ToHashSet());
        var off = before.Where(b => !wanted.Contains(Key(b))).ToList();
        // Who has served most comes first, so that each step finds somebody experienced there and never too many first-timers.
        var on = after.Where(a => !there.Contains(Key(a))).OrderByDescending(a => Completed(a.Who)).ToList();
        while (Problem.Rules.MixedExperience && FirstNotAllowed(before.Except(off), on) is { } refused)
        {
            var (waiting, stay) = (new Queue<VolunteerId>([refused.Who]), new HashSet<VolunteerId>());
            while (waiting.TryDequeue(out var who))
            {
                if (!stay.Add(who)) continue;
                // All of a person stays as it was, so that nothing of it is in the way of something else.
                var (came, went) = (on.Where(o => o.Who == who).ToList(), off.Where(o => o.Who == who).ToList());
                on.RemoveAll(o => o.Who == who);
                off.RemoveAll(o => o.Who == who);
                foreach (var kept in went.SelectMany(w => on.Where(o => o.At.Post.Id == w.At.Post.Id).Take(1))) waiting.Enqueue(kept.Who);
                foreach (var room in came.SelectMany(c => off.Where(o => o.At.Post.Id == c.At.Post.Id).Take(1))) waiting.Enqueue(room.Who);
            }
        }

        return (off, on);
    }

    private (Place At, VolunteerId Who)? FirstNotAllowed(IEnumerable<(Place At, VolunteerId Who)> stay, List<(Place At, VolunteerId Who)> come)
    {
        var staying = stay.ToLookup(s => s.At.Shift.Id);
        var crews = new Dictionary<ShiftId, ShiftCrew>();
        var rule = new MixedExperienceRule();
        foreach (var one in come)
        {
            var shift = one.At.Shift;
            if (!crews.TryGetValue(shift.Id, out var crew))
                crew = staying[shift.Id].Aggregate(new ShiftCrew(0, shift.Posts.Sum(p => p.Min), 0, 0), (sum, s) => sum.With(Completed(s.Who), _community.Duty));
            if (_facts.At(one.Who, shift.Slot) is not { } who || rule.Look(who, one.At.Run.OpeningOf(shift, one.At.Post, _community, CrewExperience.Unknown) with { Crew = crew }) is Obstacle) return one;
            crews[shift.Id] = crew.With(Completed(one.Who), _community.Duty);
        }

        return null;
    }

    private int Completed(VolunteerId who) => _facts.Experience.CompletedRuns.GetValueOrDefault(who);

    private static (PostId, VolunteerId) Key((Place At, VolunteerId Who) seat) => (seat.At.Post.Id, seat.Who);

    private static ProposedChange Change((Place At, VolunteerId Who) seat, bool added) =>
        new(seat.At.Run.Id, seat.At.Shift.Id, seat.At.Post.Id, seat.Who, added);

    private RosterStand Stand(List<(Place At, VolunteerId Who)> seats)
    {
        var heads = seats.Where(s => s.At.Post is not null).GroupBy(s => s.At.Post.Id).ToDictionary(g => g.Key, g => g.Count());
        var posts = _posts.Values.DistinctBy(p => p.Post.Id).Select(p => (p.Post.Min, p.Post.Max, Heads: heads.GetValueOrDefault(p.Post.Id))).ToList();
        return new(
            posts.Sum(p => p.Min), posts.Sum(p => Math.Min(p.Min, p.Heads)), posts.Sum(p => Math.Max(p.Max, p.Heads)), posts.Sum(p => p.Heads),
            seats.Select(s => s.Who).Distinct().Count(), seats.GroupBy(s => s.Who).Select(g => g.Count()).DefaultIfEmpty().Max());
    }

    private void Add(ServiceRun run, Shift shift, ProposalOptions options, PostId? hole)
    {
        var index = _shifts.Count;
        _shifts.Add(ShiftOf(shift.Slot, run.SiteId) with { LeastHeads = shift.Posts.Sum(p => p.Min) });
        var open = shift.Start > _now && run.NoLongerPlanned(_now) is null;
        var said = run.Assignments.Where(a => a.ShiftId == shift.Id && (a.Holds || a.Status == AssignmentStatus.Declined)).Select(a => a.VolunteerId).ToHashSet();
        foreach (var post in shift.Posts)
        {
            // Who leaves with the draft takes no head any more, and keeps the time until that is published.
            var holders = run.Assignments.Where(a => a.Holds && !a.LeavesWithDraft && a.PostId == post.Id).ToList();
            foreach (var holder in holders) _inside.Add((run.Id, holder.VolunteerId, holder.Slot));
            var fill = open && _mayFill(run, post);
            var movable = fill ? holders.Where(a => _mayMove(a) && KeepsRules(run, shift, post, a)).ToList() : [];
            // One hole is to be filled: elsewhere nobody more is wanted, and only the least heads are needed.
            var (least, most) = !fill ? (holders.Count, holders.Count)
                : hole is not null && hole != post.Id ? (Math.Min(post.Min, holders.Count), holders.Count)
                : hole is not null ? (Math.Max(post.Min, holders.Count), Math.Max(post.Min, holders.Count))
                : (post.Min, options.FillToMax ? post.Max : Math.Max(post.Min, movable.Count > 0 ? Math.Min(post.Max, holders.Count) : 0));
            most = Math.Max(most, holders.Count);
            least = Math.Min(least, most);
            var stays = holders.Except(movable).ToList();
            var seats = new List<(int Seat, int Free)>();
            // To fill a hole by opening one of less importance is no repair: there all count the same.
            var weight = !fill ? 0 : hole is not null ? LeastWeight : post.IsLead ? LeadWeight : post.Qualification is not null ? QualifiedWeight : LeastWeight;
            if (least > 0) seats.Add((AddSeat(index, least, weight, run, shift, post), least));
            if (most > least) seats.Add((AddSeat(index, most - least, fill && hole is null ? FurtherWeight : 0, run, shift, post), most - least));
            foreach (var holder in stays) Take(seats, holder.VolunteerId, _pinned);
            foreach (var holder in movable) Take(seats, holder.VolunteerId, _previous);
            if (fill && most > stays.Count) AddCandidates(run, shift, post, seats.ConvertAll(s => s.Seat), said);
        }
    }

    /// <summary>
    /// Whether somebody sits where no rule is set aside for them. Others stay whatever is moved: what a leader decided against a rule, the
    /// engine would undo, since rules bind it.
    /// </summary>
    private bool KeepsRules(ServiceRun run, Shift shift, Post post, Assignment held)
    {
        if (_facts.At(held.VolunteerId, shift.Slot) is not { } who) return false;
        if (run.CrewOf(shift, _community.Duty, _facts.Experience) is { } crew
            && (crew.Heads >= crew.LeastHeads && crew.Experienced == 0 || crew.FirstTimers > Math.Max(crew.LeastHeads, crew.Heads) / 2)) return false;
        var free = who with { Commitments = [.. who.Commitments.Where(c => c.RunId != run.Id || c.Slot != held.Slot)] };
        return EligibilityRules.Judge(free, run.OpeningOf(shift, post, _community, CrewExperience.Unknown), EligibilityRules.ForRoster).IsEligible;
    }

    /// <summary>Puts somebody who is there on the first seat with room; both are candidates of theirs, whatever the rules say by now.</summary>
    private void Take(List<(int Seat, int Free)> seats, VolunteerId who, List<RosterPair> into)
    {
        var at = seats.FindIndex(s => s.Free > 0);
        seats[at] = seats[at] with { Free = seats[at].Free - 1 };
        into.Add(new RosterPair(Index(who), seats[at].Seat));
        foreach (var (seat, _) in seats) _candidates.Add(new RosterCandidate(Index(who), seat, 0));
    }

    private void AddCandidates(ServiceRun run, Shift shift, Post post, List<int> seats, HashSet<VolunteerId> said)
    {
        var opening = run.OpeningOf(shift, post, _community, CrewExperience.Unknown);
        foreach (var who in _facts.People)
        {
            // Who said no to that time was asked already, whatever it was for.
            if (said.Contains(who) || _declined[who].Any(d => d.Overlaps(shift.Slot)) || _facts.At(who, shift.Slot) is not { } candidate) continue;
            if (!SeatRanking.ComesUnchosen(candidate, opening)) continue;
            var judgement = EligibilityRules.Judge(candidate, opening, EligibilityRules.OfOneSeat);
            if (!judgement.IsEligible) continue;
            var cost = Inclination.Cost(candidate, judgement.For);
            foreach (var seat in seats) _candidates.Add(new RosterCandidate(Index(who), seat, cost));
        }
    }

    private void AddOutside(VolunteerId who)
    {
        foreach (var duty in _facts.Duties(who))
        {
            if (_inside.Contains((duty.RunId, who, duty.Slot))) continue;
            if (!_outside.TryGetValue((duty.RunId, duty.Slot), out var seat))
            {
                _shifts.Add(ShiftOf(duty.Slot, duty.Site));
                _outside[(duty.RunId, duty.Slot)] = seat = _seats.Count;
                _seats.Add(new RosterSeat(_shifts.Count - 1, 0, 0));
            }

            _seats[seat] = _seats[seat] with { Count = _seats[seat].Count + 1 };
            _candidates.Add(new RosterCandidate(Index(who), seat, 0));
            _pinned.Add(new RosterPair(Index(who), seat));
        }
    }

    private int AddSeat(int shift, int count, int weight, ServiceRun run, Shift at, Post post)
    {
        _posts[_seats.Count] = new(run, at, post);
        _seats.Add(new RosterSeat(shift, count, weight));
        return _seats.Count - 1;
    }

    private int Index(VolunteerId who)
    {
        if (_people.TryGetValue(who, out var index)) return index;
        _ids.Add(who);
        return _people[who] = _ids.Count - 1;
    }

    private RosterPerson Person(VolunteerId who)
    {
        var facts = _facts.At(who, new TimeSlot(_now, _now.AddMinutes(1)));
        var completed = facts?.CompletedRuns ?? 0;
        var experience = completed >= _community.Duty.ExperiencedFrom ? Experience.Experienced : completed == 0 ? Experience.FirstTimer : Experience.Some;
        var week = facts?.Volunteer.Availability.HoursAWeek ?? _community.Duty.HoursAWeek;
        return new(_seats.Count, week * 60, _facts.People.Contains(who) ? _facts.DutiesBefore(who) : 0, _community.Duty.HoursADay * 60, experience);
    }

    /// <summary>Minutes by the wall clock, because days, weeks and rest are meant by it.</summary>
    private RosterShift ShiftOf(TimeSlot slot, SiteId? site)
    {
        var (start, end) = slot.On(_community.Zone);
        var from = (int)(start - _midnight).TotalMinutes;
        var place = site is not { } id ? 0 : _sites.TryGetValue(id, out var known) ? known : _sites[id] = _sites.Count + 1;
        // The first day is the Sunday before the first week.
        return new(from, (int)Math.Ceiling((end - _midnight).TotalMinutes), (int)Math.Floor((from - (double)MinutesOfDay) / (7 * MinutesOfDay)), place);
    }

    private sealed record Place(ServiceRun Run, Shift Shift, Post Post);
}
