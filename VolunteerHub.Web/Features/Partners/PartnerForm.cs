using FluentValidation;
using Microsoft.Extensions.Localization;
using VolunteerHub.Domain.Runs;
using VolunteerHub.Web.Platform.Protection;
using VolunteerHub.Web.Resources;

namespace VolunteerHub.Web.Features.Partners;

/// <summary>What the form of a partner holds while someone types.</summary>
public sealed class PartnerForm
{
    public string Name { get; set; } = "";

    public PartnerKind Kind { get; set; } = PartnerKind.Stationed;

    public string? ContactName { get; set; }

    /// <summary>A new number; left empty, the one on record stays.</summary>
    public string? ContactPhone { get; set; }

    /// <summary>Whether the number on record shall go.</summary>
    public bool ForgetPhone { get; set; }

    public List<OfferForm> Offers { get; } = [];
}

public sealed class OfferForm
{
    public string Name { get; set; } = "";

    public string? Note { get; set; }

    public DateTime? OpenUntil { get; set; }

    public PartnerOffer ToOffer() => new(Name.Trim(), string.IsNullOrWhiteSpace(Note) ? null : Note.Trim(), OpenUntil is { } day ? DateOnly.FromDateTime(day) : null);
}

public sealed class PartnerFormValidator : AbstractValidator<PartnerForm>
{
    public const int LongestName = 40;
    public const int LongestContact = 20;

    public PartnerFormValidator(IStringLocalizer<Texts> texts)
    {
        RuleFor(f => f.Name).Must(n => !string.IsNullOrWhiteSpace(n)).WithMessage(_ => texts["Partner.Error.Name"])
            .MaximumLength(LongestName).WithMessage(_ => texts["Error.TooLong", LongestName]);
        RuleFor(f => f.ContactName).MaximumLength(LongestContact).WithMessage(_ => texts["Error.TooLong", LongestContact]);
        RuleFor(f => f.ContactPhone).Must(p => string.IsNullOrWhiteSpace(p) || PhoneNumberReader.Read(p) is not null).WithMessage(_ => texts["Partner.Error.Phone"]);
        RuleForEach(f => f.Offers).SetValidator(new OfferFormValidator(texts));
    }
}

public sealed class OfferFormValidator : AbstractValidator<OfferForm>
{
    public const int LongestName = 30;
    public const int LongestNote = 80;

    public OfferFormValidator(IStringLocalizer<Texts> texts)
    {
        RuleFor(f => f.Name).Must(n => !string.IsNullOrWhiteSpace(n)).WithMessage(_ => texts["Partner.Error.Offer"])
            .MaximumLength(LongestName).WithMessage(_ => texts["Error.TooLong", LongestName]);
        RuleFor(f => f.Note).MaximumLength(LongestNote).WithMessage(_ => texts["Error.TooLong", LongestNote]);
    }
}
