namespace VolunteerHub.Domain.Rosters.Eligibility;

/// <summary>The post wishes for a language that the person does not speak.</summary>
public sealed record LanguageLacking(string Language) : Obstacle
{
    public override bool IsHard => false;
}

/// <summary>The person speaks the language that the post wishes for.</summary>
public sealed record LanguageSpoken(string Language) : Reason;

/// <summary>A visit to a household that speaks 蒙古语 wants someone who does.</summary>
public sealed class LanguageRule : IEligibilityRule
{
    public Reason? Look(Candidate who, Opening seat)
    {
        if (seat.Language is not { } language) return null;
        return who.Volunteer.Languages.Contains(language) ? new LanguageSpoken(language) : new LanguageLacking(language);
    }
}
