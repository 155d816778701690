using VolunteerHub.Domain.Calendar;
using VolunteerHub.Domain.Communities;

namespace VolunteerHub.Domain.Hours;

/// <summary>What somebody who confirms an entry confirms.</summary>
/// <param name="Count">What the policy credits of the attendance as it is now.</param>
/// <param name="OtherSameDay">What is confirmed or more of the same person on the same day at other runs, corrections included.</param>
/// <param name="FilledIn">Who entered the times afterwards, and why; null where people signed in and out.</param>
public sealed record HourFacts(CreditCount Count, TimeSpan OtherSameDay, (VolunteerId By, string? Because)? FilledIn)
{
    /// <summary>What is final for the person at this run, corrections included.</summary>
    public TimeSpan Standing { get; init; }

    /// <summary>Everybody who entered one of the times afterwards: none of them is the second person.</summary>
    public IReadOnlyList<VolunteerId> FilledInBy { get; init; } = [];
}

public sealed partial class HourEntry
{
    /// <summary>Most letters of what is said with a step.</summary>
    public const int MostLetters = 300;

    /// <summary>A leader who is not the person confirms it; above the day's first limit, and where times were filled in, a second person does too.</summary>
    /// <param name="by">Who confirms.</param>
    /// <param name="facts">What is confirmed.</param>
    /// <param name="credit">What the day allows.</param>
    /// <param name="hours">How long the person has to speak.</param>
    /// <param name="now">When.</param>
    public Outcome Confirm(VolunteerId by, HourFacts facts, CreditPolicy credit, HourPolicy hours, DateTimeOffset now)
    {
        if (Status != HourStatus.Proposed) return new HoursAreElsewhere(Status);
        if (by == VolunteerId) return new OwnHours();
        if (IsCorrection)
        {
            if (CreditedSeconds > 0 && OverLimit(facts.Standing + Credited, facts, credit) is { } tooMuch) return tooMuch;
            return by == EnteredBy ? new SecondPersonNeeded() : Confirmed(by, hours, now);
        }

        var counted = (long)facts.Count.Credited.TotalSeconds;
        if (counted <= 0) return new NothingToConfirm();
        if (OverLimit(facts.Count.Credited, facts, credit) is { } over) return over;
        if (facts.FilledIn is { } filled)
        {
            if (string.IsNullOrWhiteSpace(filled.Because)) return new WhyFilledInMissing();
            if (filled.By == by || facts.FilledInBy.Contains(by)) return new SecondPersonNeeded();
            (EnteredBy, Because) = (filled.By, Trimmed(filled.Because));
        }

        // Of who was filled in, who entered the times was the first.
        var needsSecond = facts.FilledIn is null && NeedsSecond(facts, credit);
        if (needsSecond && FirstApprovedBy == by && counted == CreditedSeconds) return new SecondPersonNeeded();
        var second = needsSecond && FirstApprovedBy is not null && FirstApprovedBy != by && counted == CreditedSeconds;
        (CreditedSeconds, Spans) = (counted, facts.Count.Spans);
        if (!needsSecond || second) return Confirmed(by, hours, now);
        FirstApprovedBy = by;
        return Step(HourStatus.Proposed, by, now);
    }

    /// <summary>
    /// A confirmation is taken back, with the reason, as long as the person has not answered. A correction that turns out to be wrong
    /// goes back as long as it is not final.
    /// </summary>
    public Outcome TakeBack(VolunteerId by, string? why, DateTimeOffset now)
    {
        if (Status != HourStatus.Confirmed && !(IsCorrection && Status is HourStatus.Disputed or HourStatus.InPublicity)) return new HoursAreElsewhere(Status);
        if (by == VolunteerId) return new OwnHours();
        if (Unsaid(why) is { } unsaid) return unsaid;
        (ConfirmedBy, ConfirmedAt, AcknowledgeBy, FirstApprovedBy, PublicFrom, PublicUntil) = (null, null, null, null, null, null);
        if (!IsCorrection) Spans = [];
        return Step(HourStatus.Proposed, by, now, why);
    }

    /// <summary>The person acknowledges it, also after having disputed it.</summary>
    public Outcome Accept(DateTimeOffset now)
    {
        if (Status is not (HourStatus.Confirmed or HourStatus.Disputed)) return new HoursAreElsewhere(Status);
        (AcknowledgedAt, BySilence) = (now, false);
        return Step(HourStatus.Acknowledged, VolunteerId, now);
    }

    /// <summary>The person said nothing in time.</summary>
    /// <returns>Whether it was acknowledged by that.</returns>
    public bool TakeSilence(DateTimeOffset now)
    {
        if (Status != HourStatus.Confirmed || !(AcknowledgeBy <= now)) return false;
        (AcknowledgedAt, BySilence) = (now, true);
        Step(HourStatus.Acknowledged, null, now);
        return true;
    }

    /// <summary>异议: the person says that it is not right (民政部令第67号 §13). After an answer it means that the coordinator decides.</summary>
    public Outcome Dispute(string? words, DateTimeOffset now)
    {
        if (Status != HourStatus.Confirmed) return new HoursAreElsewhere(Status);
        if (Unsaid(words) is { } unsaid) return unsaid;
        Insists = RejectedBy is not null;
        return Step(HourStatus.Disputed, VolunteerId, now, words);
    }

    /// <summary>The dispute, or an objection during the publicity, is right: the entry says what the attendance says now, and the person may speak again.</summary>
    /// <param name="by">Who answers.</param>
    /// <param name="decides">Whether that is a coordinator.</param>
    /// <param name="facts">What the attendance says, after it was put right.</param>
    /// <param name="credit">What the day allows.</param>
    /// <param name="hours">How long the person has to speak.</param>
    /// <param name="words">What was put right.</param>
    /// <param name="now">When.</param>
    /// <param name="nobodyElse">Whether no other coordinator could decide: then who answered before decides too.</param>
    public Outcome PutRight(VolunteerId by, bool decides, HourFacts facts, CreditPolicy credit, HourPolicy hours, string? words, DateTimeOffset now, bool nobodyElse = false)
    {
        if (Status is not (HourStatus.Disputed or HourStatus.InPublicity)) return new HoursAreElsewhere(Status);
        if (by == VolunteerId) return new OwnHours();
        if (IsCorrection) return new CorrectionIsTakenBack();
        if (NotDecider(by, decides, nobodyElse) is { } other) return other;
        if (Unsaid(words) is { } unsaid) return unsaid;
        var counted = (long)facts.Count.Credited.TotalSeconds;
        if (counted == CreditedSeconds) return new NothingWasPutRight();
        if (OverLimit(facts.Count.Credited, facts, credit) is { } over) return over;
        if (NeedsSecond(facts, credit) && by == ConfirmedBy) return new SecondPersonNeeded();
        if (facts.FilledIn is { } filled) (EnteredBy, Because) = (filled.By, Trimmed(filled.Because) ?? Trimmed(words));
        (CreditedSeconds, Spans, PublicFrom, PublicUntil, RejectedBy, Insists) = (counted, facts.Count.Spans, null, null, null, false);
        return Confirmed(by, hours, now, words);
    }

    /// <summary>The dispute is turned down, with words. If the person insists, the coordinator decides, and then it stands.</summary>
    public Outcome Reject(VolunteerId by, bool decides, HourPolicy hours, string? words, DateTimeOffset now, bool nobodyElse = false)
    {
        if (Status != HourStatus.Disputed) return new HoursAreElsewhere(Status);
        if (by == VolunteerId) return new OwnHours();
        // Who entered it afterwards does not alone say that it is right.
        if (by == EnteredBy) return new SecondPersonNeeded();
        if (NotDecider(by, decides, nobodyElse) is { } other) return other;
        if (Unsaid(words) is { } unsaid) return unsaid;
        RejectedBy = by;
        if (!Insists)
        {
            AcknowledgeBy = now.AddDays(hours.SilenceDays);
            return Step(HourStatus.Confirmed, by, now, words);
        }

        (AcknowledgedAt, BySilence) = (now, false);
        return Step(HourStatus.Acknowledged, by, now, words);
    }

    /// <summary>公示 begins, of so many working days after this one.</summary>
    public Outcome HangOut(HourPolicy hours, DateOnly today, WorkCalendar calendar, DateTimeOffset now)
    {
        if (Status != HourStatus.Acknowledged) return new HoursAreElsewhere(Status);
        (PublicFrom, PublicUntil) = (today, calendar.Deadline(today, hours.PublicityDays));
        return Step(HourStatus.InPublicity, null, now);
    }

    /// <summary>The publicity is over, and nobody objects any more: it is final.</summary>
    public Outcome Finish(DateOnly today, bool isObjectedTo, DateTimeOffset now)
    {
        if (Status != HourStatus.InPublicity) return new HoursAreElsewhere(Status);
        if (today <= PublicUntil) return new StillInPublicity(PublicUntil!.Value);
        if (isObjectedTo) return new ObjectionIsOpen();
        FinalAt = now;
        return Step(HourStatus.Final, null, now);
    }

    /// <summary>
    /// Corrects what is final: another entry with the difference, which names the old one and goes the same way; a second person confirms.
    /// Both stay visible.
    /// </summary>
    /// <param name="right">What the person should be credited for the run altogether.</param>
    /// <param name="standing">This entry and all its corrections.</param>
    /// <param name="facts">The most that attendance and policy allow, with the time after the slot, and the rest of the day.</param>
    /// <param name="credit">What the day allows.</param>
    /// <param name="why">Why; needed.</param>
    /// <param name="by">Who asks for it.</param>
    /// <param name="now">When.</param>
    public Outcome<HourEntry> Correct(TimeSpan right, IReadOnlyCollection<HourEntry> standing, HourFacts facts, CreditPolicy credit, string? why, VolunteerId by, DateTimeOffset now)
    {
        if (IsCorrection || Status != HourStatus.Final) return new HoursAreElsewhere(Status);
        if (by == VolunteerId) return new OwnHours();
        if (Unsaid(why) is { } unsaid) return unsaid;
        if (standing.Any(h => h.Status != HourStatus.Final)) return new CorrectionIsUnderWay();
        var difference = (long)right.TotalSeconds - standing.Sum(h => h.CreditedSeconds);
        if (difference == 0) return new NothingWasPutRight();
        if (right < TimeSpan.Zero) return new BelowNought();
        // What is taken off needs no attendance: it may never have been there.
        var most = facts.Count;
        if (difference > 0 && right > most.Credited) return new MoreThanAttended((int)most.Credited.TotalMinutes);
        if (difference > 0 && OverLimit(right, facts, credit) is { } over) return over;
        return new HourEntry(RunId, VolunteerId, TimeSpan.FromSeconds(difference), now)
        {
            Corrects = Id,
            Because = Trimmed(why),
            EnteredBy = by,
            Spans = difference > 0 ? most.Spans : [],
        };
    }

    /// <summary>Why a correction cannot be taken back; null where nobody has confirmed it yet.</summary>
    public Refusal? KeepsStanding => IsCorrection && Status == HourStatus.Proposed ? null : new HoursAreElsewhere(Status);

    private Outcome Confirmed(VolunteerId by, HourPolicy hours, DateTimeOffset now, string? words = null)
    {
        (ConfirmedBy, ConfirmedAt, AcknowledgeBy, AcknowledgedAt, BySilence) = (by, now, now.AddDays(hours.SilenceDays), null, false);
        return Step(HourStatus.Confirmed, by, now, words);
    }

    /// <summary>
    /// Once the person insists, somebody decides who is a coordinator and did not turn it down before. Where there is one coordinator only,
    /// that one decides all the same: nothing stays open for ever.
    /// </summary>
    public bool MayBeDecidedBy(VolunteerId by, bool decides, bool nobodyElse) =>
        Status == HourStatus.InPublicity ? decides : !Insists || decides && (by != RejectedBy || nobodyElse);

    private Refusal? NotDecider(VolunteerId by, bool decides, bool nobodyElse) =>
        MayBeDecidedBy(by, decides, nobodyElse) ? null : new CoordinatorDecides();

    private static Refusal? Unsaid(string? words) => Trimmed(words) is not { } said ? new WordsMissing() : said.Length > MostLetters ? new WordsTooLong(MostLetters) : null;

    private static Refusal? OverLimit(TimeSpan atTheRun, HourFacts facts, CreditPolicy credit) =>
        atTheRun + facts.OtherSameDay > TimeSpan.FromHours(credit.MostHoursADay) ? new OverTheDay(credit.MostHoursADay) : null;

    private static bool NeedsSecond(HourFacts facts, CreditPolicy credit) => facts.Count.Credited + facts.OtherSameDay > TimeSpan.FromHours(credit.SecondApprovalHours);
}
