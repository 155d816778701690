using FluentValidation;
using Microsoft.Extensions.Localization;
using VolunteerHub.Domain.Requests;
using VolunteerHub.Domain.Runs;
using VolunteerHub.Web.Platform.Clock;
using VolunteerHub.Web.Platform.Forms;
using VolunteerHub.Web.Platform.Protection;
using VolunteerHub.Web.Resources;

namespace VolunteerHub.Web.Features.Requests;

/// <summary>What is typed of a request: by the resident on the public page, or by staff on behalf of one.</summary>
public sealed record RequestForm
{
    public const int LongestNeed = 200;
    public const int LongestPlace = 40;
    public const int LongestPhone = 20;

    public RequestKind? Kind { get; set; }

    public RequestSource Source { get; set; } = RequestSource.PublicForm;

    public BeneficiaryGroups Groups { get; set; }

    public string Need { get; set; } = "";

    public string Place { get; set; } = "";

    public string Suits { get; set; } = "";

    public string Phone { get; set; } = "";

    /// <summary>Whether the resident comes to the office instead of being called.</summary>
    public bool Comes { get; set; }

    /// <summary>For staff only: when it was asked for; null is today.</summary>
    public DateTime? OpenedOn { get; set; }

    public bool IsMediation => Kind == RequestKind.Mediation;

    /// <summary>Read from the public page.</summary>
    public static RequestForm Of(PostedForm form) => new()
    {
        Kind = Enum.TryParse<RequestKind>(form["kind"], out var kind) && Enum.IsDefined(kind) ? kind : null,
        Need = form["need"].Trim(),
        Place = form["place"].Trim(),
        Suits = form["suits"].Trim(),
        Phone = form["phone"].Trim(),
        Comes = form.Ticked("comes"),
    };

    /// <summary>What the domain takes; of a mediation no words go with it.</summary>
    public RequestEntry ToEntry(PhoneProtector phones) => new(
        Kind!.Value, Source, Groups, Words(Need), Words(Place), Words(Suits),
        PhoneNumberReader.Read(Phone) is { } e164 ? phones.Protect(e164) : null, Comes, OpenedOn is { } day ? DateOnly.FromDateTime(day) : null);

    private string? Words(string typed) => IsMediation || string.IsNullOrWhiteSpace(typed) ? null : typed.Trim();
}

/// <summary>The shape of a request.</summary>
public sealed class RequestFormValidator : AbstractValidator<RequestForm>
{
    public RequestFormValidator(IStringLocalizer<Texts> texts, CommunityTime time)
    {
        RuleFor(f => f.Kind).NotNull().WithMessage(_ => texts["Requests.Error.Kind"]);
        RuleFor(f => f.Need).Must(typed => !string.IsNullOrWhiteSpace(typed)).When(f => !f.IsMediation).WithMessage(_ => texts["Requests.Error.Need"])
            .MaximumLength(RequestForm.LongestNeed).WithMessage(_ => texts["Error.TooLong", RequestForm.LongestNeed]);
        RuleFor(f => f.Place).MaximumLength(RequestForm.LongestPlace).WithMessage(_ => texts["Error.TooLong", RequestForm.LongestPlace]);
        RuleFor(f => f.Suits).MaximumLength(RequestForm.LongestPlace).WithMessage(_ => texts["Error.TooLong", RequestForm.LongestPlace]);
        RuleFor(f => f.Phone).Must((form, typed) => form.Comes || typed.Length > 0).WithMessage(_ => texts["Requests.Error.WayBack"])
            .Must(typed => typed.Length == 0 || PhoneNumberReader.Read(typed) is not null).WithMessage(_ => texts["Requests.Error.Phone"]);
        RuleFor(f => f.OpenedOn).Must(day => day is null || DateOnly.FromDateTime(day.Value) <= time.Today).WithMessage(_ => texts["Requests.Error.OpenedOn"]);
    }
}
