using VolunteerHub.Domain.Common;
using VolunteerHub.Domain.Rosters;
using VolunteerHub.Domain.Rosters.Eligibility;
using VolunteerHub.Domain.Runs;
using VolunteerHub.Domain.Teams;
using VolunteerHub.Tests.Support;
using static VolunteerHub.Tests.Support.Weekend;

namespace VolunteerHub.Tests.Domain;

/// <summary>跨队支援: asked for, granted or refused, taken back; and what it opens.</summary>
public sealed class LendingTests
{
    private static readonly DateTimeOffset Now = Friday.At("10:00");
    private static readonly VolunteerId HomeLeader = VolunteerId.New();

    [Fact]
    public void A_question_waits_for_the_home_leader()
    {
        var lending = Asked();
        Assert.Equal((LendingStatus.Asked, The.Leader, Now), (lending.Status, lending.AskedBy, lending.AskedAt));
        Assert.Null(lending.AnsweredBy);
    }

    [Fact]
    public void An_offer_of_the_home_leader_is_the_consent()
    {
        var offered = Lending.Offer(VolunteerId.New(), RunId.New(), The.LawTeam, The.HealthTeam, HomeLeader, Now, "会量血压");
        Assert.Equal((LendingStatus.Granted, HomeLeader, "会量血压"), (offered.Status, offered.AnsweredBy, offered.Note));
    }

    [Fact]
    public void A_no_keeps_its_reason_and_a_yes_has_none()
    {
        var (yes, no) = (Asked(), Asked());
        Assert.False(yes.Answer(true, "不用看", HomeLeader, Now).Refused);
        Assert.False(no.Answer(false, "当天自己有活动", HomeLeader, Now).Refused);
        Assert.Equal((LendingStatus.Granted, null), (yes.Status, yes.RefusedBecause));
        Assert.Equal((LendingStatus.Refused, "当天自己有活动"), (no.Status, no.RefusedBecause));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void What_was_answered_is_not_answered_again(bool yes)
    {
        var lending = Asked();
        lending.Answer(yes, "没空", HomeLeader, Now);
        Assert.Equal(new LendingSettled(lending.Status), lending.Answer(!yes, "又想了想", HomeLeader, Now).Refusal);
    }

    [Fact]
    public void A_consent_is_not_taken_back_while_the_person_is_on_the_roster()
    {
        var lending = Asked();
        lending.Answer(true, null, HomeLeader, Now);
        Assert.Equal(new LentPersonIsOnRoster("何琳"), lending.TakeBack("何琳", isOnRoster: true, HomeLeader, Now).Refusal);
        Assert.Equal(LendingStatus.Granted, lending.Status);
        Assert.False(lending.TakeBack("何琳", isOnRoster: false, HomeLeader, Now).Refused);
        Assert.Equal(new LendingSettled(LendingStatus.TakenBack), lending.TakeBack("何琳", isOnRoster: false, HomeLeader, Now).Refusal);
    }

    [Fact]
    public void A_lending_opens_that_run_to_the_person_for_that_team_and_nothing_else()
    {
        var who = A.Volunteer("何琳").In(The.LawTeam);
        var seat = Seats.At(Saturday.From("09:00", "11:00"));
        Assert.IsType<NotAMember>(Membership(who, seat));
        Assert.Equal(new LentByTeam("法律服务队"), Membership(who with { Lent = [new(seat.RunId, The.HealthTeam, "法律服务队")] }, seat));
        Assert.IsType<NotAMember>(Membership(who with { Lent = [new(RunId.New(), The.HealthTeam, "法律服务队")] }, seat));
        Assert.IsType<NotAMember>(Membership(who with { Lent = [new(seat.RunId, TeamId.New(), "法律服务队")] }, seat));
    }

    [Fact]
    public void All_other_rules_hold_for_who_is_lent()
    {
        var seat = Seats.At(Saturday.From("09:00", "11:00"), qualification: "护士");
        var who = A.Volunteer("何琳").In(The.LawTeam) with { Lent = [new(seat.RunId, The.HealthTeam, "法律服务队")] };
        var judged = EligibilityRules.Judge(who.Busy(Saturday.From("10:00", "12:00")), seat, EligibilityRules.ForRoster);
        Assert.Contains(judged.Against, o => o is QualificationLacking);
        Assert.Contains(judged.Against, o => o is BusyElsewhere);
    }

    [Fact]
    public void A_run_tells_what_a_person_has_on_the_posts_of_a_team_and_gives_it_up()
    {
        var who = A.Volunteer("何琳").InHealthTeam();
        var run = A.Run().WithShift(Saturday.From("09:00", "11:00"), A.Post("导诊"), A.Post("代书", coTeam: The.LawTeam)) with { CoTeamIds = [The.LawTeam] };
        var planned = run.AsDraft();
        var seat = planned.Assign(planned.PostNamed("导诊").Id, who, AssignmentOrigin.Leader, null, The.Leader, Now, A.Community(), CrewExperience.Unknown).Value!;
        Assert.Equal([seat], planned.ClaimsOf(who.Id, The.HealthTeam));
        Assert.Empty(planned.ClaimsOf(who.Id, The.LawTeam));
        planned.GiveUp(planned.ClaimsOf(who.Id, The.HealthTeam), "已不是队员", The.Leader, Now);
        Assert.Equal((AssignmentStatus.Cancelled, "已不是队员"), (seat.Status, seat.History[^1].Note));
        Assert.Empty(planned.ClaimsOf(who.Id, The.HealthTeam));
    }

    [Fact]
    public void What_has_begun_is_not_given_up()
    {
        var who = A.Volunteer("何琳").InHealthTeam();
        var run = A.Run().WithShift(Saturday.From("09:00", "11:00"), A.Post("导诊")).AsDraft();
        var seat = run.Assign(run.PostNamed("导诊").Id, who, AssignmentOrigin.Leader, null, The.Leader, Now, A.Community(), CrewExperience.Unknown).Value!;
        run.GiveUp([seat], null, The.Leader, Saturday.At("09:00"));
        Assert.True(seat.Holds);
    }

    private static Reason? Membership(Candidate who, Opening seat) => new MembershipRule().Look(who, seat);

    private static Lending Asked() => Lending.Ask(VolunteerId.New(), RunId.New(), The.LawTeam, The.HealthTeam, The.Leader, Now, null);
}
