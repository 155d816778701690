using VolunteerHub.Domain.Rosters;
using VolunteerHub.Domain.Rosters.Eligibility;
using VolunteerHub.Domain.Volunteers;
using VolunteerHub.Tests.Support;
using static VolunteerHub.Tests.Support.Weekend;

namespace VolunteerHub.Tests.Domain;

public sealed class EligibilityRulesTests
{
    private static readonly Opening Morning = Seats.At(Saturday.From("09:00", "11:00"));

    [Fact]
    public void Who_pauses_or_has_left_is_not_put_on_duty()
    {
        var who = A.Volunteer();
        var rule = new ActiveVolunteerRule();
        Assert.Null(rule.Look(who.InHealthTeam(), Morning));

        who.Pause();
        var obstacle = Assert.IsType<VolunteerInactive>(rule.Look(who.InHealthTeam(), Morning));
        Assert.Equal(VolunteerStatus.Paused, obstacle.Status);
        Assert.True(obstacle.IsHard);

        who.Resume();
        Assert.Null(rule.Look(who.InHealthTeam(), Morning));

        who.Leave(Saturday);
        Assert.Equal(new VolunteerInactive(VolunteerStatus.Left), rule.Look(who.InHealthTeam(), Morning));
    }

    [Fact]
    public void Duty_in_another_team_takes_the_persons_time()
    {
        var who = A.Volunteer().InHealthTeam().Busy(Saturday.From("10:59", "12:00"), "送法律·法律咨询", "法律服务队");
        var obstacle = Assert.IsType<BusyElsewhere>(new NoOverlapRule().Look(who, Morning));
        Assert.Equal(("送法律·法律咨询", "法律服务队", Saturday.From("10:59", "12:00")), (obstacle.RunTitle, obstacle.TeamName, obstacle.Slot));
        Assert.True(obstacle.IsHard);
    }

    [Fact]
    public void Duty_that_only_touches_the_slot_leaves_the_person_free()
    {
        var who = A.Volunteer().InHealthTeam().Busy(Saturday.From("08:00", "09:00")).Busy(Saturday.From("11:00", "12:00"));
        Assert.Null(new NoOverlapRule().Look(who, Morning));
    }

    [Fact]
    public void A_post_is_filled_from_the_team_that_answers_for_it()
    {
        var rule = new MembershipRule();
        Assert.Null(rule.Look(A.Volunteer().In(The.LawTeam, The.HealthTeam), Morning));
        Assert.True(Assert.IsType<NotAMember>(rule.Look(A.Volunteer().In(The.LawTeam), Morning)).IsHard);
        Assert.IsType<NotAMember>(rule.Look(A.Volunteer().In(), Morning));
    }

    [Fact]
    public void A_guest_of_a_partner_unit_needs_no_team() =>
        Assert.Equal(new PartnerGuest("派出所"), new MembershipRule().Look(A.Guest("王警官", "派出所").In(), Morning));

    [Fact]
    public void A_guest_who_is_in_the_team_counts_as_a_member() =>
        Assert.Null(new MembershipRule().Look(A.Guest("王警官", "派出所").InHealthTeam(), Morning));

    [Fact]
    public void A_language_that_is_wished_for_speaks_for_who_speaks_it()
    {
        var visit = Seats.At(Morning.Slot, language: "mn");
        var rule = new LanguageRule();
        Assert.Equal(new LanguageSpoken("mn"), rule.Look(A.Volunteer().Speaking("ug", "mn").InHealthTeam(), visit));
        Assert.Null(rule.Look(A.Volunteer().Speaking("ug", "mn").InHealthTeam(), Morning));

        var obstacle = Assert.IsType<LanguageLacking>(rule.Look(A.Volunteer().Speaking("ug").InHealthTeam(), visit));
        Assert.Equal("mn", obstacle.Language);
        Assert.False(obstacle.IsHard);
    }

    [Fact]
    public void A_judgement_tells_what_speaks_for_a_person_and_what_against()
    {
        var seat = Seats.At(Morning.Slot, "护士", "mn");
        var who = A.Volunteer().Qualified("护士").FreeOn(DayOfWeek.Saturday, "14:00", "18:00").InHealthTeam();
        var judgement = EligibilityRules.Judge(who, seat, EligibilityRules.ForRoster);
        Assert.Equal([new QualificationHeld("护士"), new NotAskedLately(90)], judgement.For);
        Assert.Equal([new NotAvailable(Morning.Slot), new LanguageLacking("mn")], judgement.Against);
    }

    [Fact]
    public void Who_has_nothing_against_them_is_eligible_and_needs_no_override()
    {
        var judgement = EligibilityRules.Judge(A.Volunteer().InHealthTeam(), Morning, EligibilityRules.ForRoster);
        Assert.True(judgement.IsEligible);
        Assert.False(judgement.MayBeOverridden);
    }

    [Fact]
    public void Soft_obstacles_alone_may_be_overridden()
    {
        var judgement = EligibilityRules.Judge(A.Volunteer().Except(Saturday, free: false).InHealthTeam(), Morning, EligibilityRules.ForRoster);
        Assert.False(judgement.IsEligible);
        Assert.True(judgement.MayBeOverridden);
    }

    [Fact]
    public void One_hard_obstacle_among_soft_ones_may_not_be_overridden()
    {
        var judgement = EligibilityRules.Judge(A.Volunteer().Except(Saturday, free: false).In(The.LawTeam), Morning, EligibilityRules.ForRoster);
        Assert.Equal([new NotAMember(), new NotAvailable(Morning.Slot)], judgement.Against);
        Assert.False(judgement.IsEligible);
        Assert.False(judgement.MayBeOverridden);
    }

    [Fact]
    public void That_a_person_came_answers_membership_and_availability_and_language_and_nothing_else()
    {
        var seat = Seats.At(Morning.Slot, "护士", "mn");
        var who = A.Volunteer().Paused().Except(Saturday, free: false).In(The.LawTeam).Born(Saturday.AddYears(-12), null).Busy(Morning.Slot);
        Type[] expected = [typeof(VolunteerInactive), typeof(BusyElsewhere), typeof(QualificationLacking), typeof(GuardianConsentMissing)];
        Assert.Equal(expected, EligibilityRules.Judge(who, seat, EligibilityRules.ForWalkIn).Against.Select(o => o.GetType()));
    }
}
