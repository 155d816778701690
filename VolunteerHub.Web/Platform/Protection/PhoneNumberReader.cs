using PhoneNumbers;

namespace VolunteerHub.Web.Platform.Protection;

/// <summary>Reads phone numbers the way people type them: spaces, dashes, full-width digits, with or without +86.</summary>
public static class PhoneNumberReader
{
    private const string HomeRegion = "CN";

    /// <summary>The number as people of the country write it, digits only.</summary>
    /// <param name="e164">The number in E.164 form.</param>
    public static string National(string e164) => e164.StartsWith("+86", StringComparison.Ordinal) ? e164[3..] : e164;

    /// <returns>The number in E.164 form, or null where it cannot be one.</returns>
    public static string? Read(string? typed)
    {
        if (string.IsNullOrWhiteSpace(typed)) return null;
        var library = PhoneNumberUtil.GetInstance();
        try
        {
            var number = library.Parse(typed.Normalize(System.Text.NormalizationForm.FormKC), HomeRegion);
            // Five digits can be a number within one town; nobody is reached by them from elsewhere.
            return library.IsPossibleNumberWithReason(number) == PhoneNumberUtil.ValidationResult.IS_POSSIBLE ? library.Format(number, PhoneNumberFormat.E164) : null;
        }
        catch (NumberParseException)
        {
            return null;
        }
    }
}
