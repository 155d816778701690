using VolunteerHub.Domain.Calendar;
using VolunteerHub.Domain.Common;
using VolunteerHub.Domain.Communities;
using VolunteerHub.Domain.Hours;
using VolunteerHub.Tests.Support;
using static VolunteerHub.Tests.Support.Weekend;

namespace VolunteerHub.Tests.Hours;

/// <summary>Each step of an entry, and each refusal of one.</summary>
public sealed class HourStepsTests
{
    private static readonly DateTimeOffset Now = Monday.At("10:00");
    private static readonly WorkCalendar Calendar = new([]);
    private static readonly TimeSlot Morning = Saturday.From("09:00", "11:00");

    private readonly VolunteerId _who = VolunteerId.New(), _leader = VolunteerId.New(), _deputy = VolunteerId.New(), _coordinator = VolunteerId.New();

    [Fact]
    public void An_entry_goes_from_proposed_to_final_and_every_step_stays_in_its_history()
    {
        var entry = Entry();
        Done(entry.Confirm(_leader, Facts(2), CreditPolicy.Default, HourPolicy.Default, Now));
        Assert.Equal((HourStatus.Confirmed, _leader, Now.AddDays(3)), (entry.Status, entry.ConfirmedBy!.Value, entry.AcknowledgeBy!.Value));
        Done(entry.Accept(Now.AddHours(1)));
        Assert.False(entry.BySilence);
        Done(entry.HangOut(HourPolicy.Default, Monday, Calendar, Now.AddHours(2)));
        // Tuesday, Wednesday, Thursday.
        Assert.Equal((Monday, Monday.AddDays(3)), (entry.PublicFrom!.Value, entry.PublicUntil!.Value));
        Assert.Equal(Monday.AddDays(3), Assert.IsType<StillInPublicity>(entry.Finish(Monday.AddDays(3), false, Now).Refusal).Until);
        Assert.IsType<ObjectionIsOpen>(entry.Finish(Monday.AddDays(4), true, Now).Refusal);
        Done(entry.Finish(Monday.AddDays(4), false, Now.AddDays(4)));
        Assert.Equal([HourStatus.Confirmed, HourStatus.Acknowledged, HourStatus.InPublicity, HourStatus.Final], entry.Steps.Select(s => s.To));
        Assert.Equal([_leader, _who, null, null], entry.Steps.Select(s => s.By));
    }

    [Fact]
    public void Silence_counts_after_three_days_and_says_so()
    {
        var entry = Confirmed();
        Assert.False(entry.TakeSilence(Now.AddDays(3).AddSeconds(-1)));
        Assert.True(entry.TakeSilence(Now.AddDays(3)));
        Assert.Equal((HourStatus.Acknowledged, true), (entry.Status, entry.BySilence));
        Assert.Null(entry.Steps[^1].By);
    }

    [Fact]
    public void Nobody_confirms_or_answers_for_own_hours()
    {
        Assert.IsType<OwnHours>(Entry().Confirm(_who, Facts(2), CreditPolicy.Default, HourPolicy.Default, Now).Refusal);
        Assert.IsType<OwnHours>(Confirmed().TakeBack(_who, "看错了", Now).Refusal);
        Assert.IsType<OwnHours>(Disputed().Reject(_who, true, HourPolicy.Default, "不对", Now).Refusal);
        Assert.IsType<OwnHours>(Disputed().PutRight(_who, true, Facts(1), CreditPolicy.Default, HourPolicy.Default, "改", Now).Refusal);
        Assert.IsType<OwnHours>(Final().Correct(TimeSpan.FromHours(1), [], Facts(2), CreditPolicy.Default, "多记", _who, Now).Refusal);
    }

    [Fact]
    public void What_credits_nothing_is_not_confirmed() => Assert.IsType<NothingToConfirm>(Entry().Confirm(_leader, Facts(0), CreditPolicy.Default, HourPolicy.Default, Now).Refusal);

    [Fact]
    public void Over_eight_hours_a_day_a_second_person_confirms_and_over_twelve_nobody_does()
    {
        var entry = Entry();
        Done(entry.Confirm(_leader, Facts(5, other: 4), CreditPolicy.Default, HourPolicy.Default, Now));
        Assert.Equal((HourStatus.Proposed, _leader), (entry.Status, entry.FirstApprovedBy!.Value));
        Assert.IsType<SecondPersonNeeded>(entry.Confirm(_leader, Facts(5, other: 4), CreditPolicy.Default, HourPolicy.Default, Now).Refusal);
        Done(entry.Confirm(_deputy, Facts(5, other: 4), CreditPolicy.Default, HourPolicy.Default, Now));
        Assert.Equal((HourStatus.Confirmed, _deputy), (entry.Status, entry.ConfirmedBy!.Value));
        Assert.Equal(12, Assert.IsType<OverTheDay>(Entry().Confirm(_leader, Facts(5, other: 7.5), CreditPolicy.Default, HourPolicy.Default, Now).Refusal).Hours);
        Done(Entry().Confirm(_leader, Facts(4, other: 4), CreditPolicy.Default, HourPolicy.Default, Now));
    }

    [Fact]
    public void A_second_person_who_sees_other_hours_than_the_first_is_the_first_of_those()
    {
        var entry = Entry();
        Done(entry.Confirm(_leader, Facts(9), CreditPolicy.Default, HourPolicy.Default, Now));
        Done(entry.Confirm(_deputy, Facts(10), CreditPolicy.Default, HourPolicy.Default, Now));
        Assert.Equal((HourStatus.Proposed, _deputy), (entry.Status, entry.FirstApprovedBy!.Value));
        Assert.True(entry.Follow(TimeSpan.FromHours(9)));
        Assert.Null(entry.FirstApprovedBy);
    }

    [Fact]
    public void Times_that_were_filled_in_need_a_reason_and_somebody_else_and_stay_marked()
    {
        var entry = Entry();
        Assert.IsType<WhyFilledInMissing>(entry.Confirm(_deputy, Facts(2) with { FilledIn = (_leader, " ") }, CreditPolicy.Default, HourPolicy.Default, Now).Refusal);
        Assert.IsType<SecondPersonNeeded>(entry.Confirm(_leader, Facts(2) with { FilledIn = (_leader, "忘带手机") }, CreditPolicy.Default, HourPolicy.Default, Now).Refusal);
        Done(entry.Confirm(_deputy, Facts(2) with { FilledIn = (_leader, "忘带手机") }, CreditPolicy.Default, HourPolicy.Default, Now));
        Assert.Equal((_leader, "忘带手机"), (entry.EnteredBy!.Value, entry.Because));
    }

    [Fact]
    public void A_confirmation_is_taken_back_with_a_reason_until_the_person_answers()
    {
        var entry = Confirmed();
        Assert.IsType<WordsMissing>(entry.TakeBack(_leader, " ", Now).Refusal);
        Assert.IsType<WordsTooLong>(entry.TakeBack(_leader, new string('长', 301), Now).Refusal);
        Done(entry.TakeBack(_leader, "选错了人", Now));
        Assert.Equal((HourStatus.Proposed, 0), (entry.Status, entry.Spans.Count));
        var accepted = Confirmed();
        Done(accepted.Accept(Now));
        Assert.Equal(HourStatus.Acknowledged, Assert.IsType<HoursAreElsewhere>(accepted.TakeBack(_leader, "选错了人", Now).Refusal).Status);
    }

    [Fact]
    public void A_dispute_that_is_right_is_put_right_and_the_person_may_speak_again()
    {
        var entry = Disputed();
        Assert.Equal("走得更晚", entry.Objection);
        Assert.IsType<NothingWasPutRight>(entry.PutRight(_leader, false, Facts(2), CreditPolicy.Default, HourPolicy.Default, "查过", Now).Refusal);
        Assert.IsType<WordsMissing>(entry.PutRight(_leader, false, Facts(1.5), CreditPolicy.Default, HourPolicy.Default, null, Now).Refusal);
        Assert.IsType<OverTheDay>(entry.PutRight(_leader, false, Facts(13), CreditPolicy.Default, HourPolicy.Default, "查过", Now).Refusal);
        Assert.IsType<SecondPersonNeeded>(entry.PutRight(_leader, false, Facts(9), CreditPolicy.Default, HourPolicy.Default, "查过", Now).Refusal);
        Done(entry.PutRight(_leader, false, Facts(2.5), CreditPolicy.Default, HourPolicy.Default, "查过", Now.AddDays(1)));
        Assert.Equal((HourStatus.Confirmed, TimeSpan.FromHours(2.5), Now.AddDays(4), "查过"), (entry.Status, entry.Credited, entry.AcknowledgeBy!.Value, entry.Answer));
        Assert.Equal([7200L, 7200L, 9000L], entry.Steps.Select(s => s.Seconds));
    }

    [Fact]
    public void A_dispute_is_turned_down_with_words_and_if_the_person_insists_a_coordinator_decides_who_did_not_before()
    {
        var entry = Disputed();
        Assert.IsType<WordsMissing>(entry.Reject(_leader, false, HourPolicy.Default, "", Now).Refusal);
        Done(entry.Reject(_leader, false, HourPolicy.Default, "监控显示十一点离开", Now));
        Assert.Equal(HourStatus.Confirmed, entry.Status);
        Done(entry.Dispute("不是这样", Now));
        Assert.True(entry.Insists);
        Assert.IsType<CoordinatorDecides>(entry.Reject(_deputy, false, HourPolicy.Default, "维持", Now).Refusal);
        Assert.IsType<CoordinatorDecides>(entry.Reject(_leader, true, HourPolicy.Default, "维持", Now).Refusal);
        Assert.IsType<CoordinatorDecides>(entry.PutRight(_deputy, false, Facts(1), CreditPolicy.Default, HourPolicy.Default, "改", Now).Refusal);
        Done(entry.Reject(_coordinator, true, HourPolicy.Default, "维持", Now));
        Assert.Equal(HourStatus.Acknowledged, entry.Status);
    }

    [Fact]
    public void A_dispute_can_be_taken_back_by_accepting_and_needs_words()
    {
        Assert.IsType<WordsMissing>(Confirmed().Dispute("  ", Now).Refusal);
        Assert.IsType<HoursAreElsewhere>(Entry().Dispute("不对", Now).Refusal);
        var entry = Disputed();
        Done(entry.Accept(Now));
        Assert.Equal(HourStatus.Acknowledged, entry.Status);
    }

    [Fact]
    public void While_it_hangs_out_only_a_coordinator_puts_it_right()
    {
        var entry = Confirmed();
        entry.TakeSilence(Now.AddDays(3));
        Done(entry.HangOut(HourPolicy.Default, Thursday, Calendar, Now));
        Assert.IsType<CoordinatorDecides>(entry.PutRight(_leader, false, Facts(1), CreditPolicy.Default, HourPolicy.Default, "核实", Now).Refusal);
        Done(entry.PutRight(_coordinator, true, Facts(1), CreditPolicy.Default, HourPolicy.Default, "核实", Now));
        Assert.Equal((HourStatus.Confirmed, (DateOnly?)null), (entry.Status, entry.PublicUntil));
    }

    [Fact]
    public void What_is_final_changes_no_more()
    {
        var entry = Final();
        Assert.All(
            new Outcome[]
            {
                entry.Confirm(_leader, Facts(1), CreditPolicy.Default, HourPolicy.Default, Now), entry.TakeBack(_leader, "改", Now), entry.Accept(Now), entry.Dispute("改", Now),
                entry.PutRight(_coordinator, true, Facts(1), CreditPolicy.Default, HourPolicy.Default, "改", Now), entry.Reject(_coordinator, true, HourPolicy.Default, "改", Now),
                entry.HangOut(HourPolicy.Default, Monday, Calendar, Now), entry.Finish(Monday.AddDays(30), false, Now),
            },
            outcome => Assert.Equal(HourStatus.Final, Assert.IsType<HoursAreElsewhere>(outcome.Refusal).Status));
        Assert.False(entry.TakeSilence(Now.AddDays(30)));
        Assert.False(entry.Follow(TimeSpan.FromHours(9)));
        Assert.Equal((HourStatus.Final, TimeSpan.FromHours(2)), (entry.Status, entry.Credited));
    }

    [Fact]
    public void A_correction_is_another_entry_with_the_difference_which_a_second_person_confirms()
    {
        var entry = Final();
        Assert.IsType<WordsMissing>(entry.Correct(TimeSpan.FromHours(1), [entry], Facts(2), CreditPolicy.Default, "", _leader, Now).Refusal);
        Assert.IsType<NothingWasPutRight>(entry.Correct(TimeSpan.FromHours(2), [entry], Facts(2), CreditPolicy.Default, "多记", _leader, Now).Refusal);
        Assert.IsType<BelowNought>(entry.Correct(TimeSpan.FromHours(-1), [entry], Facts(2), CreditPolicy.Default, "多记", _leader, Now).Refusal);
        Assert.Equal(150, Assert.IsType<MoreThanAttended>(entry.Correct(TimeSpan.FromHours(3), [entry], Facts(2.5), CreditPolicy.Default, "少记", _leader, Now).Refusal).Minutes);
        var correction = entry.Correct(TimeSpan.FromHours(0.5), [entry], Facts(2), CreditPolicy.Default, "多记", _leader, Now).Value!;
        Assert.Equal((-5400L, entry.Id, HourStatus.Proposed), (correction.CreditedSeconds, correction.Corrects!.Value, correction.Status));
        Assert.False(correction.Follow(TimeSpan.FromHours(2)));
        Assert.IsType<CorrectionIsUnderWay>(entry.Correct(TimeSpan.FromHours(1), [entry, correction], Facts(2), CreditPolicy.Default, "多记", _leader, Now).Refusal);
        Assert.Null(correction.KeepsStanding);
        Assert.IsType<SecondPersonNeeded>(correction.Confirm(_leader, Facts(2), CreditPolicy.Default, HourPolicy.Default, Now).Refusal);
        Done(correction.Confirm(_deputy, Facts(2), CreditPolicy.Default, HourPolicy.Default, Now));
        Assert.IsType<HoursAreElsewhere>(correction.KeepsStanding);
        Assert.Equal(-5400L, correction.CreditedSeconds);
        Done(correction.Dispute("原来是对的", Now));
        Assert.IsType<CorrectionIsTakenBack>(correction.PutRight(_deputy, true, Facts(1), CreditPolicy.Default, HourPolicy.Default, "改", Now).Refusal);
        Done(correction.TakeBack(_deputy, "本人说得对", Now));
        Assert.Null(correction.KeepsStanding);
        Assert.IsType<HoursAreElsewhere>(correction.Correct(TimeSpan.Zero, [entry, correction], Facts(2), CreditPolicy.Default, "多记", _leader, Now).Refusal);
        Assert.IsType<HoursAreElsewhere>(Confirmed().Correct(TimeSpan.Zero, [], Facts(2), CreditPolicy.Default, "多记", _leader, Now).Refusal);
    }

    [Fact]
    public void An_objection_is_settled_once_with_words()
    {
        var objection = new HourObjection(HourEntryId.New(), "那天没看到他", Now);
        Assert.IsType<WordsMissing>(objection.Settle(false, " ", _coordinator, Now).Refusal);
        Assert.IsType<WordsTooLong>(objection.Settle(false, new string('长', 301), _coordinator, Now).Refusal);
        Done(objection.Settle(false, "有签到记录", _coordinator, Now));
        Assert.IsType<ObjectionIsSettled>(objection.Settle(true, "有签到记录", _coordinator, Now).Refusal);
    }

    private static void Done(Outcome outcome) => Assert.Null(outcome.Refusal);

    private HourEntry Entry() => new(RunId.New(), _who, TimeSpan.FromHours(2), Saturday.At("11:00"));

    private HourEntry Confirmed()
    {
        var entry = Entry();
        Done(entry.Confirm(_leader, Facts(2), CreditPolicy.Default, HourPolicy.Default, Now));
        return entry;
    }

    private HourEntry Disputed()
    {
        var entry = Confirmed();
        Done(entry.Dispute(" 走得更晚 ", Now));
        return entry;
    }

    private HourEntry Final()
    {
        var entry = Confirmed();
        Done(entry.Accept(Now));
        Done(entry.HangOut(HourPolicy.Default, Monday, Calendar, Now));
        Done(entry.Finish(Monday.AddDays(4), false, Now));
        return entry;
    }

    [Fact]
    public void The_day_s_limit_holds_for_corrections_too_when_they_are_asked_for_and_when_they_are_confirmed()
    {
        var entry = Final();
        Assert.Equal(12, Assert.IsType<OverTheDay>(entry.Correct(TimeSpan.FromHours(3), [entry], Facts(4, other: 9.5), CreditPolicy.Default, "少记", _leader, Now).Refusal).Hours);
        var correction = entry.Correct(TimeSpan.FromHours(3), [entry], Facts(4, other: 9), CreditPolicy.Default, "少记", _leader, Now).Value!;
        // Meanwhile more of that day was confirmed elsewhere.
        Assert.IsType<OverTheDay>(correction.Confirm(_deputy, Facts(4, other: 9.5) with { Standing = entry.Credited }, CreditPolicy.Default, HourPolicy.Default, Now).Refusal);
        Done(correction.Confirm(_deputy, Facts(4, other: 9) with { Standing = entry.Credited }, CreditPolicy.Default, HourPolicy.Default, Now));
        // What takes off is in no day too much.
        Assert.False(Final() is var much && much.Correct(TimeSpan.FromHours(1), [much], Facts(4, other: 20), CreditPolicy.Default, "多记", _leader, Now).Refused);
    }

    [Fact]
    public void Where_nobody_else_could_decide_who_answered_before_decides_too()
    {
        var entry = Disputed();
        Done(entry.Reject(_coordinator, true, HourPolicy.Default, "维持", Now));
        Done(entry.Dispute("还是不对", Now));
        Assert.False(entry.MayBeDecidedBy(_coordinator, decides: true, nobodyElse: false));
        Assert.IsType<CoordinatorDecides>(entry.Reject(_coordinator, true, HourPolicy.Default, "维持", Now).Refusal);
        Assert.IsType<CoordinatorDecides>(entry.Reject(_leader, false, HourPolicy.Default, "维持", Now, nobodyElse: true).Refusal);
        Done(entry.Reject(_coordinator, true, HourPolicy.Default, "再次核实", Now, nobodyElse: true));
        Assert.Equal(HourStatus.Acknowledged, entry.Status);
    }

    [Fact]
    public void Everybody_who_entered_one_of_the_times_is_one_person_and_somebody_else_confirms()
    {
        var facts = Facts(2) with { FilledIn = (_leader, "没带手机"), FilledInBy = [_leader, _coordinator] };
        Assert.IsType<SecondPersonNeeded>(Entry().Confirm(_coordinator, facts, CreditPolicy.Default, HourPolicy.Default, Now).Refusal);
        Done(Entry().Confirm(_deputy, facts, CreditPolicy.Default, HourPolicy.Default, Now));
    }

    private static CreditCount Count(double hours) => new(TimeSpan.FromHours(hours), TimeSpan.FromHours(hours), [Morning], TimeSpan.Zero, []);

    private static HourFacts Facts(double hours, double other = 0) => new(Count(hours), TimeSpan.FromHours(other), null);
}
