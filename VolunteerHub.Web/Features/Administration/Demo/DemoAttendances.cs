using VolunteerHub.Domain.Attendances;
using VolunteerHub.Domain.Hours;
using VolunteerHub.Domain.Rosters;
using VolunteerHub.Domain.Runs;

namespace VolunteerHub.Web.Features.Administration.Demo;

/// <summary>Lets people come and go, by the attendance's own verbs, as far as it would have happened by now.</summary>
internal sealed class DemoAttendances(DemoData data, DemoCast cast, DemoRosters rosters, Random random)
{
    private const double NoShow = 0.012;
    private const double Excused = 0.02;

    private readonly DemoHourLife _hours = new(data, cast);

    public List<Attendance> Attendances { get; } = [];

    public List<HourEntry> Hours { get; } = [];

    /// <summary>Everyone who said yes comes, bar a few.</summary>
    public void Record(ServiceRun run)
    {
        if (run.Status != RunStatus.Published || run.StartsAt - cast.Community.CheckIn.OpensBefore > cast.Now) return;
        foreach (var seat in run.Assignments.Where(a => a.Status == AssignmentStatus.Accepted).ToList())
        {
            var roll = random.NextDouble();
            if (roll >= Excused) Come(run, seat, seat.Start.AddSeconds(random.Next(-25 * 60, 7 * 60)));
            else if (seat.End <= cast.Now) Miss(run, seat, roll < NoShow ? AbsenceMark.NoShow : AbsenceMark.Excused);
        }
    }

    /// <summary>Of those who said yes the lead and every other one are here.</summary>
    public void RecordHalf(ServiceRun run)
    {
        var accepted = run.Assignments.Where(a => a.Status == AssignmentStatus.Accepted)
            .OrderBy(a => run.Find(a.PostId)?.Post.IsLead != true).ToList();
        foreach (var (order, seat) in accepted.Index().Where(a => a.Index % 2 == 0))
            Come(run, seat, seat.Start.AddSeconds(order == 0 ? -1500 : random.Next(-15 * 60, 12 * 60)));
    }

    private void Come(ServiceRun run, Assignment seat, DateTimeOffset at)
    {
        if (at > cast.Now) return;
        var attendance = new Attendance(run.Id, seat.VolunteerId);
        var policy = cast.Community.CheckIn;
        var way = Moment(run, seat, at);
        DemoRosters.Done(attendance.Arrive(way, [seat.Slot], policy, way.Evidence == EvidenceKind.LeaderAttested));
        Attendances.Add(attendance);
        var left = seat.End.AddSeconds(random.Next(-12 * 60, 15 * 60));
        if (left > cast.Now) return;
        DemoRosters.Done(attendance.Leave(Moment(run, seat, left)));
        cast[seat.VolunteerId].CompletedRuns++;
        var count = CreditRule.Count([seat.Slot], attendance.Intervals, cast.Community.Credit, afterToo: false, CreditElsewhere.None);
        if (count.Credited <= TimeSpan.Zero) return;
        var entry = new HourEntry(run.Id, seat.VolunteerId, count.Credited, left);
        _hours.MoveOn(entry, run, count);
        Hours.Add(entry);
    }

    private void Miss(ServiceRun run, Assignment seat, AbsenceMark mark)
    {
        var attendance = new Attendance(run.Id, seat.VolunteerId);
        attendance.Mark(mark);
        Attendances.Add(attendance);
    }

    /// <summary>Mostly people scan the code themselves; some go to the kiosk, some are called by the lead.</summary>
    private AttendanceMoment Moment(ServiceRun run, Assignment seat, DateTimeOffset at)
    {
        var evidence = random.Next(100) switch { < 68 => EvidenceKind.RotatingQr, < 84 => EvidenceKind.LeaderAttested, _ => EvidenceKind.Kiosk };
        var by = evidence == EvidenceKind.LeaderAttested ? rosters.LeadOf(run) : seat.VolunteerId;
        return new AttendanceMoment(at, at, Guid.CreateVersion7(), evidence, by);
    }
}
