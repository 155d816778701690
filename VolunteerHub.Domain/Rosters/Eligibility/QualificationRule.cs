namespace VolunteerHub.Domain.Rosters.Eligibility;

/// <summary>The post asks for a qualification that the person does not have.</summary>
public sealed record QualificationLacking(string Kind) : Obstacle
{
    public override bool IsHard => true;
}

/// <summary>The qualification is not valid on the day of duty: it ends before, or begins after.</summary>
public sealed record QualificationNotValid(string Kind, DateOnly Ends) : Obstacle
{
    public override bool IsHard => true;
}

/// <summary>The person holds what the post asks for, until the given day.</summary>
public sealed record QualificationHeldUntil(string Kind, DateOnly Until) : Reason;

/// <summary>The person holds what the post asks for, and it does not expire.</summary>
public sealed record QualificationHeld(string Kind) : Reason;

/// <summary>A post that asks for a qualification is held only by someone whose qualification is valid on the day (invariant 2).</summary>
public sealed class QualificationRule : IEligibilityRule
{
    public Reason? Look(Candidate who, Opening seat)
    {
        if (seat.Qualification is not { } kind) return null;
        var held = who.Volunteer.Qualifications.Where(q => q.Kind == kind).ToList();
        if (held.Count == 0) return new QualificationLacking(kind);
        // A slot may run past midnight; what ends on its first day does not carry its last hour.
        var lastDay = DateOnly.FromDateTime(seat.Slot.On(seat.Zone).End.AddTicks(-1));
        var valid = held.Find(q => q.ValidOn(seat.Day) && q.ValidOn(lastDay));
        if (valid is null) return new QualificationNotValid(kind, held.Max(q => q.Until ?? q.From));
        return valid.Until is { } until ? new QualificationHeldUntil(kind, until) : new QualificationHeld(kind);
    }
}
