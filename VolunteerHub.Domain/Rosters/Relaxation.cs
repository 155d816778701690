using VolunteerHub.Domain.Rosters.Eligibility;

namespace VolunteerHub.Domain.Rosters;

/// <summary>What a leader can do so that a seat is filled.</summary>
public enum RelaxationKind
{
    /// <summary>Put people on whom nothing stands against, and who were not asked.</summary>
    Ask,

    /// <summary>Set one soft rule aside for one person, with that as the reason.</summary>
    SetAside,

    /// <summary>Let one head serve from a later time on.</summary>
    OpenLater,

    /// <summary>Let one head serve until an earlier time.</summary>
    EndEarlier,

    /// <summary>Have one person lent by their team, whose leader decides it at once.</summary>
    Lend,
}

/// <summary>A relaxation that fills a seat when it is applied, with its effect.</summary>
/// <param name="Kind">What is done.</param>
/// <param name="Who">For whom.</param>
/// <param name="Names">Their names.</param>
/// <param name="Effect">The one rule that is in the way as things stand; null where none is.</param>
/// <param name="At">From or until when the person serves; null where that stays.</param>
/// <param name="Home">The team that lends; null where nobody is lent.</param>
public sealed record Relaxation(
    RelaxationKind Kind, IReadOnlyList<VolunteerId> Who, IReadOnlyList<string> Names, Obstacle? Effect = null, DateTimeOffset? At = null, TeamId? Home = null);

/// <summary>What a leader may decide alone.</summary>
/// <param name="MaySplit">Whether shifts of the run may be changed.</param>
/// <param name="MayLend">Whether a team's members may be lent.</param>
public sealed record RelaxationRights(bool MaySplit, Func<TeamId, bool> MayLend);

/// <summary>
/// Finds the cheapest ways to fill a seat that stays empty: people who only need to be asked, then one soft rule for one person, then a
/// shorter duty, then somebody of another team. Each was judged by the very rules that hold when it is applied.
/// </summary>
public static class Relaxations
{
    private const int OfAKind = 3;
    private static readonly TimeSpan Step = TimeSpan.FromMinutes(30);
    private static readonly TimeSpan Shortest = TimeSpan.FromHours(1);

    /// <param name="ranking">Everybody, as the rules see them.</param>
    /// <param name="seat">The seat.</param>
    /// <param name="missing">How many heads are missing; at least one.</param>
    /// <param name="rights">What who asks may decide.</param>
    /// <returns>The cheapest first.</returns>
    public static IReadOnlyList<Relaxation> For(SeatRanking ranking, Opening seat, int missing, RelaxationRights rights)
    {
        var found = new List<Relaxation>();
        var asked = Ask(ranking, seat, missing);
        if (asked.Count > 0) found.Add(new(RelaxationKind.Ask, [.. asked.Select(a => a.Who.Id)], [.. asked.Select(a => a.Who.Name)]));
        if (asked.Count >= missing) return found;
        found.AddRange(ranking.People.Where(p => p.OnlyObstacle is { IsHard: false } and not SaidNo).OrderBy(p => Weight(p.OnlyObstacle!)).Take(OfAKind)
            .Select(p => new Relaxation(RelaxationKind.SetAside, [p.Who.Id], [p.Who.Name], p.OnlyObstacle)));
        if (rights.MaySplit) found.AddRange(ranking.People.Where(p => p.Says.Against.Count > 0 && p.Says.Against.All(IsOfTime)).Select(p => Shorter(p, seat)).OfType<Relaxation>().Take(OfAKind));
        found.AddRange(ranking.People.Where(p => p.OnlyObstacle is NotAMember).Select(p => Lend(p, rights)).OfType<Relaxation>().Take(OfAKind));
        return found;
    }

    private static List<RankedCandidate> Ask(SeatRanking ranking, Opening seat, int missing)
    {
        var (taken, crew) = (new List<RankedCandidate>(), seat.Crew);
        // Whoever is added changes who else the shift needs: somebody experienced, or not one more first-timer.
        foreach (var one in ranking.Eligible.Where(e => SeatRanking.ComesUnchosen(e.Who, seat)))
        {
            if (taken.Count == missing) break;
            if (crew is not null && new MixedExperienceRule().Look(one.Who, seat with { Crew = crew }) is Obstacle) continue;
            taken.Add(one);
            crew = crew?.With(one.Who.CompletedRuns, seat.Limits);
        }

        return taken;
    }

    private static int Weight(Obstacle obstacle) => obstacle switch
    {
        OverWeeklyLimit over => (int)((over.Would - over.Hours) * 2),
        OverDailyLimit over => 2 + (int)((over.Would - over.Hours) * 2),
        TooFarToTravel => 6,
        TooLittleRest => 7,
        LanguageLacking => 8,
        TooManyFirstTimers or NobodyExperienced => 9,
        _ => 12,
    };

    private static bool IsOfTime(Obstacle obstacle) => obstacle is NotAvailable or BusyElsewhere or TooFarToTravel;

    private static Relaxation? Shorter(RankedCandidate one, Opening seat)
    {
        var (start, end) = (seat.Slot.Start, seat.Slot.End);
        var least = seat.Slot.Duration / 2 > Shortest ? seat.Slot.Duration / 2 : Shortest;
        for (var cut = Step; seat.Slot.Duration - cut >= least; cut += Step)
        {
            if (Fits(one.Who, seat, new TimeSlot(start + cut, end))) return new(RelaxationKind.OpenLater, [one.Who.Id], [one.Who.Name], one.Says.Against[0], start + cut);
            if (Fits(one.Who, seat, new TimeSlot(start, end - cut))) return new(RelaxationKind.EndEarlier, [one.Who.Id], [one.Who.Name], one.Says.Against[0], end - cut);
        }

        return null;
    }

    /// <summary>The shorter duty is a shift of its own, so that who serves it has to be somebody who may serve alone.</summary>
    private static bool Fits(Candidate who, Opening seat, TimeSlot part) =>
        EligibilityRules.Judge(who, seat with { Slot = part, Crew = seat.Crew is null ? null : new ShiftCrew(0, 1, 0, 0) }, EligibilityRules.ForRoster).IsEligible;

    private static Relaxation? Lend(RankedCandidate one, RelaxationRights rights) =>
        one.Who.Teams.Where(rights.MayLend).Select(t => (TeamId?)t).FirstOrDefault() is { } home
            ? new(RelaxationKind.Lend, [one.Who.Id], [one.Who.Name], one.OnlyObstacle, Home: home)
            : null;
}
