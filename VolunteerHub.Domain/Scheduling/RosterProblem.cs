namespace VolunteerHub.Domain.Scheduling;

/// <summary>What a person has done before, as the rule of mixed experience asks.</summary>
public enum Experience
{
    FirstTimer,
    Some,
    Experienced,
}

/// <summary>Rules and weights that hold for a whole problem. All times are whole minutes.</summary>
/// <param name="RestMinutes">Between two shifts of one person that start on different days.</param>
/// <param name="Fairness">Weight of the squared load.</param>
/// <param name="ChangePenalty">Cost of every previous pair that is not in the answer.</param>
/// <param name="TravelMinutes">Between two shifts of one person on one day at different sites.</param>
/// <param name="MixedExperience">
/// Whether a shift whose least heads are met needs somebody experienced, and takes first-timers up to half of its heads only.
/// </param>
public sealed record RosterRules(int RestMinutes, int Fairness, int ChangePenalty = 0, int TravelMinutes = 0, bool MixedExperience = false);

/// <summary>A person, with own bounds.</summary>
/// <param name="MaxShifts">At most so many seats in the problem.</param>
/// <param name="WeeklyMinutes">Cap per week.</param>
/// <param name="History">Duties served before, in the fairness window.</param>
/// <param name="DailyMinutes">Cap of the shifts that start on one day.</param>
/// <param name="Experience">For the rule of mixed experience.</param>
public readonly record struct RosterPerson(
    int MaxShifts, int WeeklyMinutes, int History, int DailyMinutes = int.MaxValue, Experience Experience = Experience.Experienced);

/// <summary>A time of duty. Minutes count from one midnight of the problem's own; half-open.</summary>
/// <param name="Start">First minute; <c>Start / 1440</c>, rounded down, is its day.</param>
/// <param name="End">First minute after it.</param>
/// <param name="Week">The week whose cap it counts to.</param>
/// <param name="Site">Where it is; equal numbers are the same place.</param>
/// <param name="LeastHeads">Heads wanted at least over all seats of the shift, for the rule of mixed experience.</param>
public readonly record struct RosterShift(int Start, int End, int Week, int Site = 0, int LeastHeads = 0);

/// <summary>Equal heads of one post.</summary>
/// <param name="Shift">Index of the shift.</param>
/// <param name="Count">Heads wanted.</param>
/// <param name="Weight">Importance: a head that stays empty costs 1000 × this.</param>
public readonly record struct RosterSeat(int Shift, int Count, int Weight);

/// <summary>A person whom nothing that depends on one person and one shift alone keeps from a seat.</summary>
/// <param name="Person">Index of the person.</param>
/// <param name="Seat">Index of the seat.</param>
/// <param name="Preference">Cost ≥ 0 of this pair.</param>
public readonly record struct RosterCandidate(int Person, int Seat, int Preference);

/// <summary>A person on a seat.</summary>
public readonly record struct RosterPair(int Person, int Seat);

/// <summary>
/// Seats, people and rules, with everything else taken away: what the engine answers. Duty outside of what is to be filled stands
/// in it as pinned pairs (on seats of their own where need be), so that it blocks time and counts as load like all other.
/// </summary>
/// <param name="Rules">Rules and weights.</param>
/// <param name="People">People; an index into this list names one.</param>
/// <param name="Shifts">Shifts; an index into this list names one.</param>
/// <param name="Seats">Seats; an index into this list names one.</param>
/// <param name="Candidates">Each pair of person and seat at most once.</param>
/// <param name="Pinned">Pairs that every answer holds, also where a leader set rules aside for them; each is among the candidates.</param>
/// <param name="Previous">Pairs of the roster before; those that are no candidates any more are of no use to anybody.</param>
public sealed record RosterProblem(
    RosterRules Rules,
    IReadOnlyList<RosterPerson> People,
    IReadOnlyList<RosterShift> Shifts,
    IReadOnlyList<RosterSeat> Seats,
    IReadOnlyList<RosterCandidate> Candidates,
    IReadOnlyList<RosterPair> Pinned,
    IReadOnlyList<RosterPair> Previous);

/// <summary>The best roster that was found. It is never said to be the best there is.</summary>
/// <param name="Pairs">Who is on which seat.</param>
/// <param name="Objective">The cost by the problem's formula; smaller is better.</param>
/// <param name="Unfilled">Heads that stay empty.</param>
/// <param name="Iterations">Moves that were tried.</param>
/// <param name="StoppedEarly">Whether it was cancelled before its budget was spent.</param>
public sealed record RosterAnswer(IReadOnlyList<RosterPair> Pairs, long Objective, int Unfilled, long Iterations, bool StoppedEarly);
