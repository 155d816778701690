using VolunteerHub.Domain.Attendances;
using VolunteerHub.Domain.Hours;
using VolunteerHub.Domain.Runs;

namespace VolunteerHub.Web.Data;

/// <summary>What is needed of a run at its door: who is expected when, who came, and what hours follow from it.</summary>
internal sealed class RunAtDoor(RunId id)
{
    private readonly Dictionary<VolunteerId, List<TimeSlot>> _slots = [];
    private RunStatus? _status;

    /// <summary>Whether its seats have to be read anew.</summary>
    public bool IsDoubtful { get; private set; }

    public Dictionary<VolunteerId, Attendance> Attendances { get; } = [];

    public Dictionary<VolunteerId, HourEntry> Hours { get; } = [];

    /// <summary>Whether people may check in at all: it was published and is not called off.</summary>
    public bool IsAnnounced => _status is RunStatus.Published or RunStatus.Completed;

    /// <summary>The person's slots on the published roster.</summary>
    public IReadOnlyCollection<TimeSlot> SlotsOf(VolunteerId who) => _slots.TryGetValue(who, out var slots) ? slots : [];

    public void Doubt() => IsDoubtful = true;

    /// <summary>Makes room for everybody who has a seat.</summary>
    public void MakeRoom()
    {
        Attendances.EnsureCapacity(_slots.Count);
        Hours.EnsureCapacity(_slots.Count);
    }

    /// <summary>Begins with no seats.</summary>
    public void Begin(RunStatus? status)
    {
        (_status, IsDoubtful) = (status, false);
        _slots.Clear();
    }

    public void Add(VolunteerId who, TimeSlot slot)
    {
        if (_slots.TryGetValue(who, out var slots)) slots.Add(slot);
        else _slots[who] = new(1) { slot };
    }

    /// <summary>How many others this person has checked in here.</summary>
    public int HelpedBy(VolunteerId helper) =>
        Attendances.Values.Count(a => a.VolunteerId != helper && a.Intervals.Any(i => i.Counts && i.In.Evidence == EvidenceKind.Buddy && i.In.By == helper));

    public override string ToString() => id.ToString();
}
