using VolunteerHub.Domain.Attendances;
using VolunteerHub.Domain.Communities;

namespace VolunteerHub.Domain.Hours;

/// <summary>What happened to time on its way from being there to being credited.</summary>
public enum CreditNote
{
    /// <summary>Time before the slot that counts.</summary>
    BeforeCounted,

    /// <summary>Time before the slot that does not count.</summary>
    BeforeLeftOut,

    /// <summary>Time after the slot that counts, as the leader says.</summary>
    AfterCounted,

    /// <summary>Time after the slot that the leader may count.</summary>
    AfterOpen,

    /// <summary>Time after the slot that does not count.</summary>
    AfterLeftOut,

    /// <summary>Time of who forgot to sign out, which does not count.</summary>
    ForgottenLeftOut,

    /// <summary>The break that is not credited.</summary>
    BreakLeftOut,

    /// <summary>All of it: the person was there for too little of the slots.</summary>
    ShareTooSmall,

    /// <summary>Time that is credited at another run, or belongs to a slot there.</summary>
    ElsewhereLeftOut,
}

/// <summary>A note of how long.</summary>
public readonly record struct CreditPart(CreditNote Note, TimeSpan Time);

/// <summary>What is known of the same person elsewhere.</summary>
/// <param name="Slots">The person's slots at other runs: time outside the own slots does not reach into them.</param>
/// <param name="Credited">Stretches that are credited at other runs already: no time counts twice.</param>
public sealed record CreditElsewhere(IReadOnlyCollection<TimeSlot> Slots, IReadOnlyCollection<TimeSlot> Credited)
{
    public static readonly CreditElsewhere None = new([], []);
}

/// <summary>What a person is credited at one run, and how that came.</summary>
/// <param name="Credited">Never more than was attended, nor than the policy allows.</param>
/// <param name="Attended">How long the person was there at all.</param>
/// <param name="Spans">The stretches that count; what is credited is not longer than they are together.</param>
/// <param name="AfterSlot">Time after the slots that may be counted too, where the leader says so.</param>
/// <param name="Parts">What was left out, and what was counted beyond the slots.</param>
public sealed record CreditCount(TimeSpan Credited, TimeSpan Attended, IReadOnlyList<TimeSlot> Spans, TimeSpan AfterSlot, IReadOnlyList<CreditPart> Parts);

/// <summary>
/// A person is credited the part of their own slots during which they were present, and of the time around them what the policy says.
/// Time that two intervals, slots or runs share is counted once (invariant 4).
/// </summary>
public static class CreditRule
{
    /// <param name="slots">The person's slots on the published roster of one run.</param>
    /// <param name="intervals">The person's intervals there; open and annulled ones earn nothing.</param>
    /// <param name="policy">Of the community.</param>
    public static TimeSpan Credit(IEnumerable<TimeSlot> slots, IEnumerable<AttendanceInterval> intervals, CreditPolicy policy)
    {
        var stay = Stay.Of(slots, intervals, policy, CreditElsewhere.None);
        return stay.IsTooShort(policy) ? TimeSpan.Zero : WithoutBreak(TimeSlot.Union(stay.Counted(afterToo: false)), policy);
    }

    /// <summary>The same, with how it came.</summary>
    /// <param name="slots">The person's slots on the published roster of one run.</param>
    /// <param name="intervals">The person's intervals there; open and annulled ones earn nothing.</param>
    /// <param name="policy">Of the community.</param>
    /// <param name="afterToo">Whether the leader confirms the time after the slots, as far as the policy lets it count.</param>
    /// <param name="elsewhere">What is known of the person at other runs.</param>
    public static CreditCount Count(IEnumerable<TimeSlot> slots, IEnumerable<AttendanceInterval> intervals, CreditPolicy policy, bool afterToo, CreditElsewhere elsewhere)
    {
        var stay = Stay.Of(slots, intervals, policy, elsewhere);
        var (own, there, sure, before, within, after) = stay;
        var spans = stay.Counted(afterToo);
        var (counted, parts) = (TimeSlot.Union(spans), new List<CreditPart>());
        var attendedWithin = stay.AttendedWithin;
        Note(CreditNote.BeforeCounted, TimeSlot.Union(before));
        Note(CreditNote.BeforeLeftOut, Outside(s => s.Start, early: true) - TimeSlot.Union(before));
        Note(afterToo ? CreditNote.AfterCounted : CreditNote.AfterOpen, TimeSlot.Union(after));
        Note(CreditNote.AfterLeftOut, Outside(s => s.End, early: false) - TimeSlot.Union(after));
        Note(CreditNote.ForgottenLeftOut, attendedWithin - TimeSlot.Union(TimeSlot.Shared(own, sure)));
        Note(CreditNote.ElsewhereLeftOut, TimeSlot.Union(TimeSlot.Shared(own, sure)) - TimeSlot.Union(within));
        if (stay.IsTooShort(policy))
        {
            Note(CreditNote.ShareTooSmall, counted);
            return new(TimeSpan.Zero, TimeSlot.Union(there), [], TimeSpan.Zero, parts);
        }

        var breaks = WithoutBreak(counted, policy);
        Note(CreditNote.BreakLeftOut, counted - breaks);
        return new(breaks, TimeSlot.Union(there), spans, TimeSlot.Union(after), parts);

        void Note(CreditNote note, TimeSpan time)
        {
            if (time > TimeSpan.Zero) parts.Add(new(note, time));
        }

        // Time that was spent there outside all slots, before the first or after it.
        TimeSpan Outside(Func<TimeSlot, DateTimeOffset> edge, bool early)
        {
            var outside = TimeSlot.Without(there, own);
            if (own.Count == 0) return early ? TimeSpan.Zero : TimeSlot.Union(outside);
            return new(outside.Where(o => early == (o.End <= edge(own[0]))).Sum(o => o.Duration.Ticks));
        }
    }

    /// <summary>Credit after the slot is at most this policy's; a break is taken off what goes beyond the stretch that needs none.</summary>
    private static TimeSpan WithoutBreak(TimeSpan counted, CreditPolicy policy)
    {
        var (free, pause) = (TimeSpan.FromMinutes(policy.BreakAfterMinutes), TimeSpan.FromMinutes(policy.BreakMinutes));
        if (pause <= TimeSpan.Zero || counted <= free) return counted;
        return counted - pause > free ? counted - pause : free;
    }

    /// <summary>A person's time at one run, by where it lies to the own slots.</summary>
    /// <param name="Own">The own slots.</param>
    /// <param name="There">When the person was there.</param>
    /// <param name="Sure">The part of it of which it is sure enough that it counts.</param>
    /// <param name="Before">What counts before the slots.</param>
    /// <param name="Within">What counts within them.</param>
    /// <param name="After">What may count after them.</param>
    private sealed record Stay(
        IReadOnlyList<TimeSlot> Own, IReadOnlyList<TimeSlot> There, IReadOnlyList<TimeSlot> Sure,
        IReadOnlyList<TimeSlot> Before, IReadOnlyList<TimeSlot> Within, IReadOnlyList<TimeSlot> After)
    {
        public TimeSpan AttendedWithin => TimeSlot.Union(TimeSlot.Shared(Own, There));

        public static Stay Of(IEnumerable<TimeSlot> slots, IEnumerable<AttendanceInterval> intervals, CreditPolicy policy, CreditElsewhere elsewhere)
        {
            var own = TimeSlot.Merge(slots);
            var (spans, certain) = (new List<TimeSlot>(1), new List<TimeSlot>(1));
            foreach (var interval in intervals)
            {
                if (interval.Span is not { } span) continue;
                spans.Add(span);
                if (interval.Out!.Evidence != EvidenceKind.PolicyClosed || policy.Forgotten == ForgottenSignOut.UntilSlotEnd) certain.Add(span);
                else if (policy.Forgotten != ForgottenSignOut.Nothing) certain.AddRange(FirstHalves(span, own));
            }

            var (there, sure) = (TimeSlot.Merge(spans), TimeSlot.Merge(certain));
            var before = Around(own, s => s.Start, -policy.BeforeMinutes, sure, elsewhere, []);
            var after = Around(own, s => s.End, policy.AfterMinutes, sure, elsewhere, before);
            return new(own, there, sure, before, TimeSlot.Without(TimeSlot.Shared(own, sure), elsewhere.Credited), after);
        }

        /// <summary>The stretches that count.</summary>
        public IReadOnlyList<TimeSlot> Counted(bool afterToo) =>
            Before.Count + (afterToo ? After.Count : 0) == 0 ? Within : TimeSlot.Merge([.. Before, .. Within, .. afterToo ? After : []]);

        /// <summary>Whether the person was there for too little of the slots.</summary>
        public bool IsTooShort(CreditPolicy policy) => policy.LeastSharePercent > 0 && AttendedWithin.Ticks * 100 < TimeSlot.Union(Own).Ticks * policy.LeastSharePercent;

        /// <summary>So many minutes around an edge of each slot. Nothing is taken from the own slots or those of other runs, and nothing counts twice.</summary>
        private static IReadOnlyList<TimeSlot> Around(
            IReadOnlyList<TimeSlot> own, Func<TimeSlot, DateTimeOffset> edge, int minutes, IReadOnlyList<TimeSlot> sure, CreditElsewhere elsewhere, IReadOnlyList<TimeSlot> counted)
        {
            if (minutes == 0) return [];
            var windows = new List<TimeSlot>(own.Count);
            for (var i = 0; i < own.Count; i++)
            {
                var (at, reach) = (edge(own[i]), edge(own[i]).AddMinutes(minutes));
                windows.Add(minutes > 0 ? new(at, reach) : new(reach, at));
            }

            var there = TimeSlot.Shared(windows, sure);
            return there.Count == 0 ? there : TimeSlot.Without(there, [.. own, .. elsewhere.Slots, .. elsewhere.Credited, .. counted]);
        }

        /// <summary>Of each slot the first half of what was attended.</summary>
        private static IEnumerable<TimeSlot> FirstHalves(TimeSlot span, IReadOnlyList<TimeSlot> own) =>
            own.Select(s => s.Intersect(span)).OfType<TimeSlot>().Where(s => s.Duration.Ticks > 1).Select(s => new TimeSlot(s.Start, s.Start + s.Duration / 2));
    }
}
