using Microsoft.Extensions.Localization;
using VolunteerHub.Domain.Volunteers;
using VolunteerHub.Web.Resources;

namespace VolunteerHub.Web.Features.Joining;

/// <summary>What each consent is for, in plain words.</summary>
public static class ConsentTexts
{
    /// <param name="texts">The reader's language.</param>
    /// <param name="purpose">To what somebody agrees.</param>
    /// <param name="years">For how long the record is kept after somebody left.</param>
    public static string For(IStringLocalizer<Texts> texts, ConsentPurpose purpose, int years) => purpose switch
    {
        ConsentPurpose.ServiceRecord => texts["Join.Consent.ServiceRecord", years],
        ConsentPurpose.Contact => texts["Join.Consent.Contact"],
        ConsentPurpose.PublicName => texts["Join.Consent.PublicName"],
        ConsentPurpose.Photos => texts["Join.Consent.Photos"],
        _ => texts["Join.Consent.SensitiveData"],
    };

    /// <summary>What follows when it is taken back.</summary>
    public static string Withdrawn(IStringLocalizer<Texts> texts, ConsentPurpose purpose, int years) => purpose switch
    {
        ConsentPurpose.ServiceRecord => texts["Own.Withdraw.ServiceRecord", years],
        ConsentPurpose.Contact => texts["Own.Withdraw.Contact"],
        ConsentPurpose.PublicName => texts["Own.Withdraw.PublicName"],
        ConsentPurpose.Photos => texts["Own.Withdraw.Photos"],
        _ => texts["Own.Withdraw.SensitiveData"],
    };
}
