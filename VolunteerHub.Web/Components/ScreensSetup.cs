using FluentValidation;
using MudBlazor;
using MudBlazor.Services;
using VolunteerHub.Web.Features.CheckIn;

namespace VolunteerHub.Web.Components;

/// <summary>Rendering, MudBlazor, form validators, and what signs forms.</summary>
public static class ScreensSetup
{
    public static void AddHubScreens(this IServiceCollection services)
    {
        services.AddRazorComponents().AddInteractiveServerComponents();
        services.AddMudServices(options =>
        {
            options.SnackbarConfiguration.PositionClass = Defaults.Classes.Position.BottomCenter;
            options.SnackbarConfiguration.VisibleStateDuration = 6000;
            options.SnackbarConfiguration.ShowTransitionDuration = options.SnackbarConfiguration.HideTransitionDuration = 150;
        });
        services.AddHttpContextAccessor();
        services.AddSingleton<FormTickets>();
        services.AddSingleton<ReceiptTokens>();
        foreach (var found in AssemblyScanner.FindValidatorsInAssembly(typeof(ScreensSetup).Assembly)) services.AddTransient(found.InterfaceType, found.ValidatorType);
    }
}
