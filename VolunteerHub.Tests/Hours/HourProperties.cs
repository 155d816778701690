using CsCheck;
using VolunteerHub.Domain.Attendances;
using VolunteerHub.Domain.Calendar;
using VolunteerHub.Domain.Common;
using VolunteerHub.Domain.Communities;
using VolunteerHub.Domain.Hours;
using VolunteerHub.Tests.Support;
using static VolunteerHub.Tests.Support.Weekend;

namespace VolunteerHub.Tests.Hours;

/// <summary>Whatever is confirmed, disputed, corrected, withdrawn, and whatever the policy becomes in between.</summary>
public sealed class HourProperties
{
    private static readonly Gen<CreditPolicy> Policies = Gen.Select(
        Gen.Int[0, 30], Gen.Int[0, 60], Gen.Int[60, 240], Gen.Int[0, 40], Gen.Int[0, 80], Gen.Enum<ForgottenSignOut>(),
        (before, after, breakAfter, pause, share, forgotten) => new CreditPolicy(before, after, breakAfter, pause, share, 8, 12, forgotten));

    /// <summary>Stays that begin and end at any minute of a morning; some are closed by the policy, some annulled, some open.</summary>
    private static readonly Gen<AttendanceInterval> Stays = Gen.Select(Gen.Int[0, 400], Gen.Int[1, 200], Gen.Int[0, 9], (from, length, kind) =>
    {
        var start = Saturday.At("07:00").AddMinutes(from);
        return new AttendanceInterval(
            IntervalId.New(), Moment(start, EvidenceKind.RotatingQr), kind == 0 ? null : Moment(start.AddMinutes(length), kind < 3 ? EvidenceKind.PolicyClosed : EvidenceKind.RotatingQr), kind == 9 ? start : null);
    });

    private static readonly WorkCalendar Calendar = new([]);

    private enum Verb
    {
        Confirm,
        TakeBack,
        Accept,
        Silence,
        Dispute,
        PutRight,
        Reject,
        HangOut,
        Finish,
        Correct,
        Withdraw,
        Stay,
        Policy,
    }

    [Fact]
    public void What_is_credited_exceeds_neither_what_was_attended_nor_the_policy() =>
        Gen.Select(Stays.Array[0, 4], Policies, Gen.Bool).Sample((stays, policy, afterToo) =>
        {
            TimeSlot[] slots = [Saturday.From("08:00", "10:00"), Saturday.From("10:30", "12:00")];
            var count = CreditRule.Count(slots, stays, policy, afterToo, CreditElsewhere.None);
            var there = stays.Select(i => i.Span).OfType<TimeSlot>().ToList();
            Assert.InRange(count.Credited, TimeSpan.Zero, TimeSlot.Union(there));
            Assert.True(count.Credited <= TimeSlot.Union(count.Spans));
            // Each credited stretch lies in what was attended, and in the slots as far as the policy stretches them.
            var allowed = slots.Select(s => new TimeSlot(s.Start.AddMinutes(-policy.BeforeMinutes), s.End.AddMinutes(afterToo ? policy.AfterMinutes : 0))).ToList();
            Assert.Empty(TimeSlot.Without(count.Spans, there));
            Assert.Empty(TimeSlot.Without(count.Spans, allowed));
            Assert.Equal(TimeSlot.Union(there), count.Attended);
            Assert.Equal(CreditRule.Credit(slots, stays, policy), CreditRule.Count(slots, stays, policy, false, CreditElsewhere.None).Credited);
        }, iter: 3000);

    [Fact]
    public void Totals_are_the_sum_of_what_is_final_which_never_changes_and_no_time_counts_twice() =>
        Gen.Select(Gen.Select(Gen.Enum<Verb>(), Gen.Int[0, 1], Gen.Int[0, 240], (verb, run, pick) => (verb, run, pick)).Array[20, 120], Stays, Policies.Array[3])
            .Sample((commands, stay, policies) => new World(stay, policies).Run(commands), iter: 400);

    private static AttendanceMoment Moment(DateTimeOffset at, EvidenceKind evidence) => new(at, at, Guid.CreateVersion7(), evidence, The.Leader);

    /// <summary>One person at two runs that follow one another at once, with leaders who do anything.</summary>
    private sealed class World(AttendanceInterval stay, CreditPolicy[] policies)
    {
        private readonly VolunteerId _who = VolunteerId.New();
        private readonly VolunteerId[] _leaders = [VolunteerId.New(), VolunteerId.New(), VolunteerId.New()];
        private readonly TimeSlot[] _slots = [Saturday.From("08:00", "10:00"), Saturday.From("10:10", "12:00")];
        private readonly List<AttendanceInterval>[] _stays = [[stay], [stay]];
        private readonly List<HourEntry>[] _entries = [[], []];
        private readonly Dictionary<HourEntryId, (long Seconds, HourStatus Status)> _final = [];
        private CreditPolicy _policy = CreditPolicy.Default;
        private DateTimeOffset _now = Monday.At("08:00");

        public void Run((Verb Verb, int Run, int Pick)[] commands)
        {
            for (var run = 0; run < 2; run++) Follow(run);
            foreach (var (verb, run, pick) in commands)
            {
                _now = _now.AddHours(7);
                Do(verb, run, pick);
                Check();
            }
        }

        private void Do(Verb verb, int run, int pick)
        {
            var (entries, leader) = (_entries[run], _leaders[pick % 3]);
            if (verb == Verb.Policy)
            {
                _policy = policies[pick % policies.Length];
                Follow(0);
                Follow(1);
            }
            else if (verb == Verb.Stay)
            {
                var from = Saturday.At("07:30").AddMinutes(pick);
                _stays[run].Add(new AttendanceInterval(IntervalId.New(), Moment(from, EvidenceKind.RotatingQr), Moment(from.AddMinutes(1 + pick / 2), EvidenceKind.RotatingQr)));
                Follow(run);
            }
            else if (entries.Count == 0) return;
            else if (verb == Verb.Correct)
            {
                if (entries[0].Correct(TimeSpan.FromMinutes(pick - 20), entries, Facts(run, true), _policy, "核实", leader, _now).Value is { } correction) entries.Add(correction);
            }
            else if (verb == Verb.Withdraw)
            {
                if (entries[^1].KeepsStanding is null) entries.RemoveAt(entries.Count - 1);
            }
            else
            {
                var entry = entries[pick % entries.Count];
                _ = verb switch
                {
                    Verb.Confirm => entry.Confirm(leader, Facts(run, pick % 2 == 0), _policy, HourPolicy.Default, _now),
                    Verb.TakeBack => entry.TakeBack(leader, "看错", _now),
                    Verb.Accept => entry.Accept(_now),
                    Verb.Dispute => entry.Dispute("不对", _now),
                    Verb.PutRight => entry.PutRight(leader, pick % 3 == 0, Facts(run, pick % 2 == 0), _policy, HourPolicy.Default, "核实", _now),
                    Verb.Reject => entry.Reject(leader, pick % 3 == 0, HourPolicy.Default, "维持", _now),
                    Verb.HangOut => entry.HangOut(HourPolicy.Default, Today, Calendar, _now),
                    Verb.Finish => entry.Finish(Today.AddDays(pick % 12), pick % 7 == 0, _now),
                    _ => entry.TakeSilence(_now) ? Outcome.Done : new HoursAreElsewhere(entry.Status),
                };
            }
        }

        private DateOnly Today => DateOnly.FromDateTime(_now.UtcDateTime);

        private void Follow(int run)
        {
            var credit = CreditRule.Credit([_slots[run]], _stays[run], _policy);
            if (_entries[run].Count > 0) _entries[run][0].Follow(credit);
            else if (credit > TimeSpan.Zero) _entries[run].Add(new HourEntry(RunId.New(), _who, credit, _now));
        }

        private CreditCount Count(int run, bool afterToo) => CreditRule.Count([_slots[run]], _stays[run], _policy, afterToo, new CreditElsewhere([_slots[1 - run]], [.. _entries[1 - run].SelectMany(h => h.Spans)]));

        private HourFacts Facts(int run, bool afterToo) => new(Count(run, afterToo), TimeSpan.FromSeconds(_entries[1 - run].Where(h => h.Status != HourStatus.Proposed).Sum(h => h.CreditedSeconds)), null);

        private void Check()
        {
            var all = _entries.SelectMany(e => e).ToList();
            foreach (var (id, was) in _final) Assert.Equal(was, all.Where(h => h.Id == id).Select(h => (h.CreditedSeconds, h.Status)).Single());
            foreach (var entry in all.Where(h => h.Status == HourStatus.Final)) _final[entry.Id] = (entry.CreditedSeconds, entry.Status);
            Assert.Equal(_final.Values.Sum(f => f.Seconds), all.Where(h => h.Status == HourStatus.Final).Sum(h => h.CreditedSeconds));
            foreach (var (entries, run) in _entries.Select((e, run) => (e, run)))
            {
                var (total, there) = (entries.Where(h => h.Status != HourStatus.Proposed).Sum(h => h.CreditedSeconds), TimeSlot.Union(_stays[run].Select(s => s.Span).OfType<TimeSlot>()));
                Assert.InRange(total, 0, (long)there.TotalSeconds);
                Assert.True(total <= (long)TimeSlot.Union(entries.SelectMany(h => h.Spans)).TotalSeconds);
            }

            // Stretches that are credited at one run are not credited at the other.
            Assert.DoesNotContain(_entries[0].SelectMany(h => h.Spans), a => _entries[1].SelectMany(h => h.Spans).Any(a.Overlaps));
        }
    }
}
