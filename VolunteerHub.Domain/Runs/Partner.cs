using VolunteerHub.Domain.Volunteers;

namespace VolunteerHub.Domain.Runs;

/// <summary>What kind of unit works with the community.</summary>
public enum PartnerKind
{
    /// <summary>大党委成员单位: sits on the community's enlarged party committee.</summary>
    PartyCommittee,

    /// <summary>驻区单位: has its seat in the community.</summary>
    Stationed,

    /// <summary>社会组织: association, foundation or social service organisation.</summary>
    SocialOrganisation,
}

/// <summary>资源清单: one thing that a partner offers.</summary>
/// <param name="Name">Such as 会议室, 义诊医生, 法律顾问.</param>
/// <param name="Note">When, how many, what to ask for; null where nothing is said.</param>
/// <param name="OpenUntil">The last day on which it may be claimed; null while it stands open.</param>
public sealed record PartnerOffer(string Name, string? Note, DateOnly? OpenUntil)
{
    /// <summary>Whether it may be claimed on this day.</summary>
    public bool IsOpen(DateOnly day) => OpenUntil is not { } until || day <= until;
}

/// <summary>认领: a partner takes something on, for a run or for what somebody asked.</summary>
public sealed class PartnerClaim
{
    private PartnerClaim() { }

    internal PartnerClaim(string what, RunId? run, DateTimeOffset at, VolunteerId by) =>
        (Id, What, RunId, ClaimedAt, RecordedBy) = (PartnerClaimId.New(), what, run, at, by);

    public PartnerClaimId Id { get; private set; }

    /// <summary>What is taken on: the name of an offer, or the need in words.</summary>
    public string What { get; private set; } = "";

    /// <summary>For which run; null where it is for none.</summary>
    public RunId? RunId { get; private set; }

    public DateTimeOffset ClaimedAt { get; private set; }

    public VolunteerId RecordedBy { get; private set; }

    /// <summary>When it was done; null while it is owed.</summary>
    public DateTimeOffset? FulfilledAt { get; private set; }

    internal void Fulfil(DateTimeOffset? at) => FulfilledAt = at;
}

/// <summary>What is said of a partner in one go.</summary>
/// <param name="Name">Of the unit.</param>
/// <param name="Kind">What kind of unit.</param>
/// <param name="ContactName">Whom to ask; null where nobody is named.</param>
/// <param name="ContactPhone">The number of that person; null where none is known.</param>
/// <param name="Offers">资源清单.</param>
public sealed record PartnerFacts(string Name, PartnerKind Kind, string? ContactName, ProtectedText? ContactPhone, IReadOnlyList<PartnerOffer> Offers);

/// <summary>共建单位: a unit that works with the community, what it offers, and what it took on.</summary>
public sealed class Partner
{
    private readonly List<PartnerClaim> _claims = [];

    private Partner() { }

    public Partner(PartnerFacts facts)
    {
        Id = PartnerId.New();
        State(facts);
    }

    public PartnerId Id { get; private set; }

    public string Name { get; private set; } = "";

    public PartnerKind Kind { get; private set; }

    /// <summary>Whom to ask.</summary>
    public string? ContactName { get; private set; }

    /// <summary>The number of that person.</summary>
    public ProtectedText? ContactPhone { get; private set; }

    /// <summary>资源清单.</summary>
    public IReadOnlyList<PartnerOffer> Offers { get; private set; } = [];

    /// <summary>认领清单.</summary>
    public IReadOnlyList<PartnerClaim> Claims => _claims;

    /// <summary>Since when the unit takes no part any more; null while it does.</summary>
    public DateTimeOffset? ArchivedAt { get; private set; }

    public bool IsArchived => ArchivedAt is not null;

    public long Version { get; private set; }

    /// <summary>States all of it anew; what was claimed stays.</summary>
    public void Revise(PartnerFacts facts) => State(facts);

    /// <summary>The unit takes no part any more. Runs keep its name.</summary>
    public void Archive(DateTimeOffset now) => ArchivedAt ??= now;

    public void Reopen() => ArchivedAt = null;

    /// <summary>Notes that the unit takes something on.</summary>
    /// <param name="what">The name of an offer, or the need in words.</param>
    /// <param name="run">For which run; null where it is for none.</param>
    /// <param name="by">Who notes it.</param>
    /// <param name="now">When.</param>
    /// <param name="today">The day by the community's clock: an offer may have ended.</param>
    public Outcome<PartnerClaim> Claim(string what, RunId? run, VolunteerId by, DateTimeOffset now, DateOnly today)
    {
        if (IsArchived) return new PartnerIsArchived(Name);
        if (Offers.FirstOrDefault(o => o.Name == what) is { OpenUntil: { } until } offer && !offer.IsOpen(today)) return new OfferHasEnded(what, until);
        if (_claims.Exists(c => c.What == what && c.RunId == run && c.FulfilledAt is null)) return new AlreadyClaimed(Name, what);
        var claim = new PartnerClaim(what, run, now, by);
        _claims.Add(claim);
        return claim;
    }

    /// <summary>Notes that a claim was kept, or takes that note back.</summary>
    public Outcome Fulfil(PartnerClaimId id, bool done, DateTimeOffset now)
    {
        if (_claims.Find(c => c.Id == id) is not { } claim) return new ClaimNotFound();
        claim.Fulfil(done ? claim.FulfilledAt ?? now : null);
        return Outcome.Done;
    }

    /// <summary>Takes a claim out that was noted by mistake or will not come.</summary>
    public Outcome Drop(PartnerClaimId id) => _claims.RemoveAll(c => c.Id == id) > 0 ? Outcome.Done : new ClaimNotFound();

    private void State(PartnerFacts facts) =>
        (Name, Kind, ContactName, ContactPhone, Offers) = (facts.Name, facts.Kind, facts.ContactName, facts.ContactPhone, facts.Offers);
}
