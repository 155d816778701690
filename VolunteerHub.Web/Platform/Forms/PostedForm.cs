using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Components;

namespace VolunteerHub.Web.Platform.Forms;

/// <summary>The fields of a plain form, as they were typed.</summary>
public sealed class PostedForm(IFormCollection fields)
{
    public string this[string name] => fields[name].ToString();

    /// <summary>All values of a field that may be ticked several times.</summary>
    public IReadOnlyList<string> All(string name) => [.. fields[name].OfType<string>()];

    public bool Ticked(string name) => fields[name].Count > 0;
}

/// <summary>Marks an endpoint as a plain form whose antiforgery token is checked before its handler runs.</summary>
public sealed class PlainFormMetadata;

/// <summary>Plain pages and their forms: rendered on the server, usable without script.</summary>
public static class PlainPages
{
    private const int LargestForm = 64 * 1024;

    /// <summary>A handler of a form that was sent properly.</summary>
    public delegate Task<IResult> FormHandler(HttpContext http, PostedForm form);

    /// <summary>
    /// Maps a form. Where its token does not hold any more (the page lay open over a sign-in, a restart, a night),
    /// nothing is done and <paramref name="again"/> shows the form anew, with what was typed.
    /// </summary>
    public static RouteHandlerBuilder MapForm(this IEndpointRouteBuilder routes, string pattern, FormHandler handle, FormHandler again) =>
        routes.MapPost(pattern, async (HttpContext http, IAntiforgery antiforgery) =>
        {
            if (http.Request.ContentLength > LargestForm) return Results.StatusCode(StatusCodes.Status413PayloadTooLarge);
            if (!http.Request.HasFormContentType) return Results.StatusCode(StatusCodes.Status415UnsupportedMediaType);
            var valid = await antiforgery.IsRequestValidAsync(http);
            var form = new PostedForm(await http.Request.ReadFormAsync(http.RequestAborted));
            return await (valid ? handle : again)(http, form);
        }).DisableAntiforgery().WithMetadata(new PlainFormMetadata());

    /// <summary>Maps a page: a GET that changes nothing.</summary>
    public static RouteHandlerBuilder MapPage(this IEndpointRouteBuilder routes, string pattern, Func<HttpContext, Task<IResult>> show) =>
        routes.MapMethods(pattern, [HttpMethods.Get, HttpMethods.Head], (Delegate)show);

    /// <summary>Renders a page.</summary>
    public static IResult Page<TPage>(object? parameters = null, int status = StatusCodes.Status200OK) where TPage : IComponent =>
        new RazorComponentResult<TPage>(parameters ?? new { }) { StatusCode = status, PreventStreamingRendering = true };

    /// <summary>After a form that did what it says: the browser gets a page that may be reloaded.</summary>
    public static IResult SeeOther(string path) => new SeeOtherResult(path);

    /// <summary>
    /// The path, where it is one of this site; else <paramref name="otherwise"/>. Nobody is sent elsewhere: browsers
    /// read a backslash as a slash, and drop tabs and line ends.
    /// </summary>
    public static string Local(string? path, string otherwise) =>
        path is ['/'] or ['/', not ('/' or '\\'), ..] && path.All(c => c is > ' ' and < '\x7f') ? path : otherwise;

    private sealed class SeeOtherResult(string path) : IResult
    {
        public Task ExecuteAsync(HttpContext httpContext)
        {
            httpContext.Response.StatusCode = StatusCodes.Status303SeeOther;
            httpContext.Response.Headers.Location = path;
            return Task.CompletedTask;
        }
    }
}
