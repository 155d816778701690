namespace VolunteerHub.Domain.Scheduling.Proposals;

/// <summary>What a proposal may do.</summary>
/// <param name="FillToMax">Whether posts are filled up to their max once all have their min; else to their min only.</param>
/// <param name="FreesUnanswered">
/// Whether people who were told and have not answered may be moved. Who said yes stays, and who is pinned.
/// </param>
public sealed record ProposalOptions(bool FillToMax = true, bool FreesUnanswered = false);

/// <summary>A step from the roster as it stands to the proposed one.</summary>
/// <param name="RunId">The run.</param>
/// <param name="ShiftId">The shift.</param>
/// <param name="PostId">The post.</param>
/// <param name="VolunteerId">The person.</param>
/// <param name="Added">Whether the person is put on the post; else taken off.</param>
public sealed record ProposedChange(RunId RunId, ShiftId ShiftId, PostId PostId, VolunteerId VolunteerId, bool Added);

/// <summary>How a roster stands.</summary>
/// <param name="Least">Heads that posts want at least, all together.</param>
/// <param name="LeastFilled">How many of them are filled.</param>
/// <param name="Most">Heads that posts may have.</param>
/// <param name="Filled">How many are filled.</param>
/// <param name="People">Different people on duty.</param>
/// <param name="Busiest">Most duties that one person has here.</param>
public sealed record RosterStand(int Least, int LeastFilled, int Most, int Filled, int People, int Busiest)
{
    /// <summary>Heads that are missing to the least ones.</summary>
    public int Missing => Least - LeastFilled;
}

/// <summary>A proposed roster, as the difference to what stands.</summary>
/// <param name="Changes">Who is taken off, and then who is put on, in an order in which every step is allowed.</param>
/// <param name="Before">The roster as it stands.</param>
/// <param name="After">The roster as it is proposed.</param>
/// <param name="Seed">With which it was searched.</param>
/// <param name="Iterations">How many moves were tried.</param>
/// <param name="StoppedEarly">Whether the search was stopped before its bound.</param>
public sealed record RosterProposal(
    IReadOnlyList<ProposedChange> Changes, RosterStand Before, RosterStand After, int Seed, long Iterations, bool StoppedEarly);
