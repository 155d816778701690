using System.Collections.ObjectModel;
using VolunteerHub.Domain.Communities;
using VolunteerHub.Domain.Runs;
using VolunteerHub.Domain.Volunteers;

namespace VolunteerHub.Domain.Rosters;

/// <summary>A slot of duty that takes a person's time, in whichever team.</summary>
/// <param name="RunId">The run.</param>
/// <param name="RunTitle">Its title.</param>
/// <param name="TeamName">Its host team.</param>
/// <param name="Slot">The time.</param>
/// <param name="Site">Where; null where that does not matter.</param>
public sealed record Commitment(RunId RunId, string RunTitle, string TeamName, TimeSlot Slot, SiteId? Site = null);

/// <summary>A run of another team to which a person is lent, by which team.</summary>
public sealed record LentTo(RunId RunId, TeamId TeamId, string HomeTeam);

/// <summary>All that the rules need to know of a person.</summary>
/// <param name="Volunteer">The person, with qualifications.</param>
/// <param name="Teams">Teams whose membership is in force on the day of the duty.</param>
/// <param name="Commitments">Slots held in any team in the weeks of the duty, and the days beside them.</param>
/// <param name="Load">Duty in the fairness window, by week, oldest first.</param>
/// <param name="CompletedRuns">Runs at which the person has served.</param>
/// <param name="BornOn">Date of birth, opened for the rules; null where it is not on record.</param>
/// <param name="Lent">Runs of other teams to which the person is lent, with consent.</param>
public sealed record Candidate(
    Volunteer Volunteer,
    IReadOnlySet<TeamId> Teams,
    IReadOnlyList<Commitment> Commitments,
    IReadOnlyList<TimeSpan> Load,
    int CompletedRuns,
    DateOnly? BornOn = null,
    IReadOnlyList<LentTo>? Lent = null)
{
    /// <summary>Titles of the runs at which the person was on duty in the fairness window, with how often.</summary>
    public IReadOnlyDictionary<string, int> ServedAt { get; init; } = ReadOnlyDictionary<string, int>.Empty;

    public VolunteerId Id => Volunteer.Id;

    public string Name => Volunteer.Name;

    public TimeSpan TotalLoad => Load.Aggregate(TimeSpan.Zero, (sum, week) => sum + week);
}

/// <summary>A seat to fill: a post at its time, with what it asks for.</summary>
/// <param name="RunId">The run.</param>
/// <param name="ShiftId">The shift.</param>
/// <param name="PostId">The post.</param>
/// <param name="Slot">The time of duty.</param>
/// <param name="Qualification">The qualification asked for, if any.</param>
/// <param name="Language">The language wished for, if any.</param>
/// <param name="TeamId">The team that fills the post.</param>
/// <param name="Zone">The community's zone, in which days and availability are meant.</param>
public sealed record Opening(
    RunId RunId,
    ShiftId ShiftId,
    PostId PostId,
    TimeSlot Slot,
    string? Qualification,
    string? Language,
    TeamId TeamId,
    TimeZoneInfo Zone)
{
    /// <summary>Title of the run.</summary>
    public string Title { get; init; } = "";

    /// <summary>The run's service line, for who would like to serve in it.</summary>
    public ServiceLine? Line { get; init; }

    /// <summary>Where it takes place.</summary>
    public SiteId? Site { get; init; }

    /// <summary>Whether the duty is dangerous, so that insurance is asked for (《志愿服务条例》§17).</summary>
    public bool IsDangerous { get; init; }

    /// <summary>Who said no to this shift, with why.</summary>
    public IReadOnlyDictionary<VolunteerId, string> SaidNo { get; init; } = ReadOnlyDictionary<VolunteerId, string>.Empty;

    /// <summary>The community's limits.</summary>
    public DutyPolicy Limits { get; init; } = DutyPolicy.Default;

    /// <summary>Who else is on the shift; null where experience is not looked at.</summary>
    public ShiftCrew? Crew { get; init; }

    /// <summary>The calendar day of the duty.</summary>
    public DateOnly Day => Slot.DayIn(Zone);
}
