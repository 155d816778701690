using Microsoft.Extensions.Localization;
using VolunteerHub.Domain.Rosters;
using VolunteerHub.Domain.Runs;
using VolunteerHub.Web.Platform.Sentences;
using VolunteerHub.Web.Resources;

namespace VolunteerHub.Web.Features.SignUps;

/// <summary>The leader puts somebody on this post; nobody takes it themselves.</summary>
public sealed record LeadIsAppointed : Refusal;

/// <summary>Refusals as they are said to whom they are about: a leader is told of a person by name, the person by you.</summary>
internal static class OwnWords
{
    public static string Of(Refusal refusal, ReasonTexts reasons, IStringLocalizer<Texts> texts) => refusal switch
    {
        NotEligible not => texts["SignUp.NotYou", string.Join(texts["List.Separator"], not.Obstacles.Select(reasons.Of))],
        AlreadyOnShift on => texts["SignUp.OnShift", on.Post],
        PostIsFull full => texts["SignUp.FullNow", full.Post],
        RunNotPublished or RunNotFound => texts["SignUp.RunGone"],
        _ => reasons.Of(refusal),
    };
}
