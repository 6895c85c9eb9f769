/* Almanac.exe (window) and almanac-cli.exe (console): Python inside our own process, so that Windows shows our name and icon.

   Build: x86_64-w64-mingw32-gcc -O2 -s -municode [-mwindows] -o Almanac.exe launcher.c launcher.res
   Layout: Almanac.exe, runtime\python313.dll (+ ._pth, zip, .pyd), app\start.pyc, app\... (site-packages) */
#include <windows.h>
#include <stdlib.h>

typedef int (*Main)(int, wchar_t **);

int wmain(int argc, wchar_t **argv)
{
    static wchar_t exe[32768], dll[32768], script[32768];
    GetModuleFileNameW(NULL, exe, 32768);
    wcscpy(dll, exe);
    wchar_t *name = wcsrchr(dll, L'\\') + 1;
    *name = 0;
    wcscpy(script, dll);
    wcscat(script, L"app\\start.pyc");
    wcscat(dll, L"runtime\\" PYTHON_DLL);
    SetDllDirectoryW(L""); /* nothing is loaded from the folder the person happens to be in */
    HMODULE python = LoadLibraryExW(dll, NULL, LOAD_WITH_ALTERED_SEARCH_PATH);
    Main start = python ? (Main)(void *)GetProcAddress(python, "Py_Main") : NULL;
    if (!start) {
        MessageBoxW(NULL, L"A part of Almanac is missing. Please install it again.", L"Almanac", MB_ICONERROR);
        return 3;
    }
    wchar_t **args = calloc(argc + 5, sizeof *args);
    int n = 0;
    args[n++] = exe;
    args[n++] = L"-X";
    args[n++] = L"utf8";
    args[n++] = script;
    for (int i = 1; i < argc; i++)
        args[n++] = argv[i];
    return start(n, args);
}

#ifdef WINDOWED
int WINAPI wWinMain(HINSTANCE a, HINSTANCE b, PWSTR c, int d)
{
    (void)a; (void)b; (void)c; (void)d;
    return wmain(__argc, __wargv);
}
#endif
