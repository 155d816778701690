using MudBlazor;

namespace VolunteerHub.Web.Components.Layout;

/// <summary>MudBlazor's theme. Colours, shape and type come from the tokens through app.css; here is only what it cannot take from there.</summary>
public static class HubTheme
{
    public static readonly MudTheme Plain = new()
    {
        Typography = new Typography { Button = new ButtonTypography { TextTransform = "none" } },
    };
}
