using System.Globalization;
using CsCheck;
using VolunteerHub.Domain.Attendances;
using VolunteerHub.Domain.Common;
using VolunteerHub.Domain.Communities;
using VolunteerHub.Tests.Support;
using static VolunteerHub.Tests.Support.Weekend;

namespace VolunteerHub.Tests.Domain;

/// <summary>Invariant 3, whatever is told in whatever order by whatever clock.</summary>
public sealed class AttendanceProperties
{
    private static readonly TimeSlot[] Slots = [Saturday.From("09:00", "11:00"), Saturday.From("14:00", "16:00")];

    private static readonly Gen<Command[]> Commands = Gen.Select(
        Gen.OneOf(Verb.Arrive, Verb.Arrive, Verb.Arrive, Verb.Leave, Verb.Leave, Verb.Leave, Verb.TakeBack, Verb.TakeBack, Verb.Mark),
        Gen.Int[0, 8 * 60], Gen.Int[0, 9], Gen.Int[0, 5], Gen.Bool,
        (verb, minute, request, pick, flag) => new Command(verb, minute, request, pick, flag)).Array[1, 40];

    private enum Verb
    {
        Arrive,
        Leave,
        TakeBack,
        Mark,
    }

    [Fact]
    public void Whatever_is_told_at_most_one_interval_is_open_and_a_repeated_request_answers_the_same()
    {
        int repeated = 0, done = 0, refused = 0;
        Commands.Sample(commands =>
        {
            var attendance = new Attendance(RunId.New(), VolunteerId.New());
            var requests = Enumerable.Range(0, 10).Select(_ => Guid.CreateVersion7()).ToList();
            var answers = new Dictionary<Guid, AttendanceReceipt>();
            foreach (var command in commands)
            {
                var before = Snapshot(attendance);
                var request = requests[command.Request];
                var outcome = Run(attendance, command, request, out var receipt);

                if (outcome.Refused)
                {
                    Assert.Equal(before, Snapshot(attendance));
                    Interlocked.Increment(ref refused);
                }
                else if (receipt is not null && answers.TryGetValue(request, out var answered))
                {
                    Assert.Equal(answered, receipt);
                    Assert.Equal(before, Snapshot(attendance));
                    Interlocked.Increment(ref repeated);
                }
                else
                {
                    Interlocked.Increment(ref done);
                }

                if (receipt is not null) answers.TryAdd(request, receipt);
                Assert.InRange(attendance.Intervals.Count(i => i.AnnulledAt is null && i.Out is null), 0, 1);
                Assert.False(attendance.Absence is not null && attendance.HasArrived);
                Assert.All(attendance.Intervals, i => Assert.False(i.Out is { } o && o.OccurredAt < i.In.OccurredAt));
            }

            Assert.All(answers, a => Assert.Equal(a.Value, attendance.Answered(a.Key)));
        }, iter: 2000);
        Assert.All([repeated, done, refused], count => Assert.True(count > 0, "The commands never came to this."));
    }

    private static Outcome Run(Attendance attendance, Command command, Guid request, out AttendanceReceipt? receipt)
    {
        receipt = null;
        var at = Saturday.At("08:00").AddMinutes(command.Minute);
        var moment = new AttendanceMoment(at, at, request, command.Flag ? EvidenceKind.RotatingQr : EvidenceKind.LeaderAttested, attendance.VolunteerId);
        switch (command.Verb)
        {
            case Verb.Arrive:
                var arrived = attendance.Arrive(moment, Slots, CheckInPolicy.Default, byLeader: command.Flag);
                receipt = arrived.Value;
                return arrived.WithoutValue;
            case Verb.Leave:
                var left = attendance.Leave(moment);
                receipt = left.Value;
                return left.WithoutValue;
            case Verb.TakeBack:
                var id = attendance.Intervals.Count > 0 ? attendance.Intervals[command.Pick % attendance.Intervals.Count].Id : IntervalId.New();
                return attendance.TakeBack(id, leaving: command.Flag, at);
            default:
                return attendance.Mark(command.Pick switch { 0 => AbsenceMark.NoShow, 1 => AbsenceMark.Excused, _ => null });
        }
    }

    private static string Snapshot(Attendance attendance) => string.Create(CultureInfo.InvariantCulture,
        $"{attendance.Absence}: {string.Join("; ", attendance.Intervals.Select(i => $"{i.Id} {i.In} {i.Out} {i.AnnulledAt:O}"))}");

    private sealed record Command(Verb Verb, int Minute, int Request, int Pick, bool Flag);
}
