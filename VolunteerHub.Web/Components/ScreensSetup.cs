using System.Text.Encodings.Web;
using System.Text.Unicode;
using FluentValidation;
using Microsoft.Extensions.WebEncoders;
using MudBlazor;
using MudBlazor.Services;
using VolunteerHub.Web.Features.Planner.Calendar;
using VolunteerHub.Web.Features.CheckIn;
using VolunteerHub.Web.Features.Volunteers.Privacy;
using VolunteerHub.Web.Platform.Sentences;

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
        services.AddTransient<MudLocalizer, MudTexts>();
        // Chinese as it is: escaped, a page of it would weigh three times as much.
        services.Configure<WebEncoderOptions>(options => options.TextEncoderSettings = new TextEncoderSettings(UnicodeRanges.All));
        services.AddScoped<RunMoves>();
        services.AddSingleton<FormTickets>();
        services.AddSingleton<DoorCodes>();
        services.AddSingleton<ReceiptTokens>();
        services.AddSingleton<PersonalFileSections>();
        foreach (var found in AssemblyScanner.FindValidatorsInAssembly(typeof(ScreensSetup).Assembly)) services.AddTransient(found.InterfaceType, found.ValidatorType);
    }
}
