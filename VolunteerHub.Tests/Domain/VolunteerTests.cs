using VolunteerHub.Domain.Common;
using VolunteerHub.Domain.Runs;
using VolunteerHub.Domain.Volunteers;
using VolunteerHub.Tests.Support;

namespace VolunteerHub.Tests.Domain;

/// <summary>What a record takes in, and what it gives back.</summary>
public sealed class VolunteerTests
{
    private static readonly DateOnly Today = Weekend.Saturday;
    private static readonly DateTimeOffset Now = Weekend.Saturday.At("10:00");

    [Fact]
    public void A_consent_holds_until_it_is_withdrawn_and_both_stay_known()
    {
        var who = A.Volunteer();
        Assert.True(who.Agree(ConsentPurpose.Photos, ConsentWay.Paper, The.Leader, Now));
        Assert.False(who.Agree(ConsentPurpose.Photos, ConsentWay.Oral, The.Leader, Now));
        Assert.True(who.HasConsented(ConsentPurpose.Photos));
        Assert.False(who.HasConsented(ConsentPurpose.PublicName));
        Assert.True(who.WithdrawConsent(ConsentPurpose.Photos, Now.AddDays(1)));
        Assert.False(who.WithdrawConsent(ConsentPurpose.Photos, Now.AddDays(2)));
        Assert.False(who.HasConsented(ConsentPurpose.Photos));
        Assert.True(who.Agree(ConsentPurpose.Photos, ConsentWay.Oral, The.Leader, Now.AddDays(3)));
        Assert.Equal([(ConsentWay.Paper, (DateTimeOffset?)Now.AddDays(1)), (ConsentWay.Oral, null)], who.Consents.Select(c => (c.Way, c.WithdrawnAt)));
        Assert.All(who.Consents, c => Assert.Equal(The.Leader, c.RecordedBy));
    }

    [Fact]
    public void A_tag_is_there_once()
    {
        var who = A.Volunteer();
        Assert.True(who.Tag("银铃"));
        Assert.False(who.Tag("银铃"));
        Assert.Equal(["银铃"], who.Tags.Select(t => t.Name));
        Assert.True(who.Untag("银铃"));
        Assert.False(who.Untag("银铃"));
    }

    [Fact]
    public void A_qualification_is_put_right_and_taken_off_but_does_not_end_before_it_begins()
    {
        var who = A.Volunteer();
        var held = who.Qualify("护士", Today, Today.AddYears(1), "原件已看");
        Assert.IsType<QualificationEndsEarly>(who.Requalify(held.Id, "护士", Today, Today.AddDays(-1), null).Refusal);
        Assert.False(who.Requalify(held.Id, "执业护士", Today, null, null).Refused);
        Assert.Equal(("执业护士", (DateOnly?)null), (held.Kind, held.Until));
        Assert.False(who.Disqualify(held.Id).Refused);
        Assert.IsType<RecordEntryNotFound>(who.Disqualify(held.Id).Refusal);
        Assert.IsType<RecordEntryNotFound>(who.Requalify(held.Id, "护士", Today, null, null).Refusal);
    }

    [Fact]
    public void Training_and_awards_are_struck_by_their_id()
    {
        var who = A.Volunteer();
        var (training, award) = (who.Train("急救", Today, 4, "红十字会"), who.Honour("优秀志愿者", Today, "街道"));
        Assert.False(who.Strike(training.Id).Refused);
        Assert.False(who.Strike(award.Id).Refused);
        Assert.IsType<RecordEntryNotFound>(who.Strike(award.Id).Refusal);
    }

    [Fact]
    public void Who_leaves_keeps_the_number_and_loses_the_ways_in()
    {
        var who = A.Volunteer();
        who.SetPin("hash");
        who.IssueCode("code", Now);
        Assert.False(who.Leave(Today).Refused);
        Assert.Equal((VolunteerStatus.Left, (DateOnly?)Today), (who.Status, who.LeftOn));
        Assert.Equal((null, null, (DateTimeOffset?)null), (who.PinHash, who.PersonalCodeHash, who.PersonalCodeIssuedAt));
        Assert.IsType<NotActive>(who.Leave(Today).Refusal);
        Assert.IsType<NotActive>(who.Pause().Refusal);
        Assert.False(who.Resume().Refused);
        Assert.Equal((VolunteerStatus.Active, (DateOnly?)null, "2026-0147"), (who.Status, who.LeftOn, who.Number));
        Assert.IsType<ActiveAlready>(who.Resume().Refusal);
    }

    [Fact]
    public void A_pause_keeps_the_ways_in_for_later()
    {
        var who = A.Volunteer();
        who.SetPin("hash");
        Assert.False(who.Pause().Refused);
        Assert.IsType<NotActive>(who.Pause().Refusal);
        Assert.False(who.Resume().Refused);
        Assert.Equal("hash", who.PinHash);
    }

    [Fact]
    public void A_merged_record_hands_over_what_the_survivor_lacks_and_leads_to_it()
    {
        var (survivor, duplicate) = (A.Volunteer(), new Volunteer("2026-0200", "李娜", VolunteerKind.Member, new ProtectedPhone("c", "w", "t"), new DateOnly(2021, 1, 1)));
        survivor.Describe(new Profile(Unit: "医院", Languages: ["mn"]));
        survivor.Keep(new PrivateData(Address: new ProtectedText("mine")));
        survivor.Tag("银铃");
        survivor.Agree(ConsentPurpose.Contact, ConsentWay.Oral, The.Leader, Now);
        duplicate.Describe(new Profile(Sex.Female, Unit: "学校", Languages: ["en", "mn"], Skills: ["理发"], InterestLines: [ServiceLine.Care], InterestHelps: HelpTargets.Elderly, InsuredUntil: Today));
        duplicate.Keep(new PrivateData(BornOn: new ProtectedText("born"), Address: new ProtectedText("theirs")));
        duplicate.Tag("银铃");
        duplicate.Tag("骨干");
        duplicate.Qualify("护士", Today, null);
        duplicate.Train("急救", Today, 4, null);
        duplicate.Honour("优秀", Today, null);
        duplicate.Agree(ConsentPurpose.Contact, ConsentWay.Paper, The.Leader, Now);
        duplicate.Agree(ConsentPurpose.Photos, ConsentWay.Paper, The.Leader, Now);
        duplicate.WithdrawConsent(ConsentPurpose.Photos, Now);
        duplicate.SetPin("pin");

        Assert.False(duplicate.MergeInto(survivor, Today).Refused);

        Assert.Equal(["2026-0200"], survivor.FormerNumbers);
        Assert.Equal("c", survivor.Phone?.Cipher);
        Assert.Equal(("医院", Sex.Female), (survivor.Unit, survivor.Sex));
        Assert.Equal((new DateOnly(2021, 1, 1), (DateOnly?)Today), (survivor.JoinedOn, survivor.InsuredUntil));
        Assert.Equal(["en", "mn"], survivor.Languages);
        Assert.Equal(("mine", "born"), (survivor.Address?.Cipher, survivor.BornOn?.Cipher));
        Assert.Equal(["银铃", "骨干"], survivor.Tags.Select(t => t.Name));
        Assert.Equal(("护士", "急救", "优秀"), (survivor.Qualifications[0].Kind, survivor.Trainings[0].Title, survivor.Awards[0].Title));
        Assert.True(survivor.HasConsented(ConsentPurpose.Contact));
        Assert.False(survivor.HasConsented(ConsentPurpose.Photos));
        Assert.Null(survivor.PinHash);
        Assert.Equal((survivor.Id, VolunteerStatus.Left, false), (duplicate.MergedInto, duplicate.Status, duplicate.IsLive));
        Assert.Equal((null, null, new PrivateData()), (duplicate.Phone, duplicate.PinHash, duplicate.PrivateData));
        Assert.IsType<VolunteerMerged>(duplicate.Pause().Refusal);
        Assert.IsType<CannotMerge>(duplicate.MergeInto(survivor, Today).Refusal);
    }

    [Fact]
    public void A_record_is_not_merged_with_itself_nor_into_one_that_is_gone_or_left()
    {
        var (who, left, erased) = (A.Volunteer(), A.Volunteer("王芳"), A.Volunteer("陈杰"));
        left.Leave(Today);
        erased.Erase(Now, Today);
        Assert.IsType<CannotMerge>(who.MergeInto(who, Today).Refusal);
        Assert.IsType<CannotMerge>(who.MergeInto(erased, Today).Refusal);
        Assert.IsType<CannotMerge>(erased.MergeInto(who, Today).Refusal);
        Assert.IsType<SurvivorHasLeft>(who.MergeInto(left, Today).Refusal);
        Assert.False(left.MergeInto(who, Today).Refused);
        Assert.Equal(VolunteerStatus.Active, who.Status);
    }

    [Fact]
    public void A_chain_of_duplicates_leads_to_the_last_record()
    {
        var (first, second, third) = (new Volunteer("2026-0001", "李娜", VolunteerKind.Member, null), new Volunteer("2026-0002", "李娜", VolunteerKind.Member, null), new Volunteer("2026-0003", "李娜", VolunteerKind.Member, null));
        first.MergeInto(second, Today);
        second.MergeInto(third, Today);
        first.LeadTo(third.Id);
        third.LeadTo(first.Id);
        Assert.Equal(["2026-0001", "2026-0002"], third.FormerNumbers);
        Assert.Equal((third.Id, (VolunteerId?)null), (first.MergedInto!.Value, third.MergedInto));
    }

    [Fact]
    public void Erasing_keeps_number_and_a_masked_name_and_what_belongs_to_the_record_of_service()
    {
        var who = new Volunteer("2026-0147", "张桂兰", VolunteerKind.Member, new ProtectedPhone("c", "w", "t"));
        who.Describe(new Profile(Sex.Female, PoliticalStatus.PartyMember, "01", "医院", ["mn"], ["理发"], [ServiceLine.Care], HelpTargets.Elderly, Today));
        who.Keep(new PrivateData(new("b"), new("a"), new("i"), new("e"), new("g")));
        who.GuardianConsents(Today);
        who.Tag("银铃");
        who.Qualify("护士", Today, null);
        who.Train("急救", Today, 4, null);
        who.Agree(ConsentPurpose.ServiceRecord, ConsentWay.Paper, The.Leader, Now);
        who.FreeOn(DayOfWeek.Saturday, "09:00", "12:00");

        Assert.False(who.Erase(Now, Today).Refused);

        Assert.Equal(("2026-0147", "张*兰", ""), (who.Number, who.Name, who.Initials));
        Assert.Equal((VolunteerStatus.Left, (DateTimeOffset?)Now), (who.Status, who.ErasedAt));
        Assert.Equal((null, new PrivateData(), (DateOnly?)null), (who.Phone, who.PrivateData, who.GuardianConsentUntil));
        Assert.Equal((null, null, null, null), (who.Sex, who.Political, who.Ethnicity, who.Unit));
        Assert.Empty(who.Languages.Concat(who.Skills));
        Assert.Empty(who.Qualifications);
        Assert.Empty(who.Tags);
        Assert.False(who.Availability.IsStated);
        Assert.Single(who.Trainings);
        Assert.Single(who.Consents);
        Assert.IsType<VolunteerErased>(who.Erase(Now, Today).Refusal);
        Assert.IsType<VolunteerErased>(who.Resume().Refusal);
    }

    [Fact]
    public void A_duplicate_is_erased_with_the_record_it_was_merged_into_and_only_with_that()
    {
        var (who, duplicate, other) = (A.Volunteer("张桂兰"), A.Volunteer("张桂兰"), A.Volunteer());
        duplicate.MergeInto(who, Today);
        other.EraseWithIt(duplicate, Now, Today);
        Assert.Null(duplicate.ErasedAt);
        who.EraseWithIt(duplicate, Now, Today);
        Assert.Equal(("张*兰", (DateTimeOffset?)Now), (duplicate.Name, duplicate.ErasedAt));
    }
}
